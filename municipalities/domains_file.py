"""Reads a CSV of mail domains (``code_scheme``, ``code``, ``mail_domain``; other columns are for people)."""

import csv
import io

from django.utils.translation import gettext as _

from municipalities.domains import clean_domain
from municipalities.errors import DomainNotAllowed, ImportRejected
from municipalities.models import Municipality
from municipalities.register_file import delimiter_of, text_of

COLUMNS = ["code_scheme", "code", "mail_domain"]


def read_domains(data: bytes) -> dict[str, Municipality]:
    """Each domain with its town. Raises ImportRejected naming every row to mend."""
    reader = csv.DictReader(io.StringIO(text_of(data), newline=""), delimiter=delimiter_of(data))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
        raise ImportRejected([_("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}])
    towns = {(town.code_scheme, town.code): town for town in Municipality.objects.all()}
    found, errors = {}, []
    for number, row in enumerate(reader, start=2):
        try:
            domain, town = _read(row, towns)
            if found.setdefault(domain, town) != town:
                raise DomainNotAllowed(_("%(domain)s is in the file for two municipalities") % {"domain": domain})
        except DomainNotAllowed as error:
            errors.append(_("row %(row)s, %(problem)s") % {"row": number, "problem": error})
    if errors or not found:
        raise ImportRejected(errors or [_("The file has no rows below its heading.")])
    return found


def _read(row: dict, towns: dict) -> tuple[str, Municipality]:
    scheme, code, domain = ((row[name] or "").strip() for name in COLUMNS)
    town = towns.get((scheme.upper(), code))
    if town is None:
        raise DomainNotAllowed(_("no municipality of the register has the code %(code)s") % {"code": f"{scheme} {code}".strip()})
    return clean_domain(domain), town
