"""The mail domains of municipalities: what an address suggests, and what it proves once somebody has checked."""

from collections.abc import Iterable
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.domains import clean_domain
from municipalities.domains_file import read_domains
from municipalities.errors import ChangedMeanwhile, DomainNotAllowed
from municipalities.models import MailDomain, Municipality
from municipalities.services import acting
from network_portal.audit.services import record
from network_portal.users.models import User


def suggest_for_email(email: str) -> Municipality | None:
    """The town whose mail domain the address has, sub-domains included; a suggestion, never a right."""
    return towns_of_addresses([email]).get(email)


def towns_of_addresses(emails: Iterable[str]) -> dict[str, Municipality]:
    """The same for many at once, in one query; addresses that suggest nothing are left out."""
    return {email: row.municipality for email, row in acting.domains_of(emails).items()}


def stamp_of_domains(rows: Iterable[MailDomain]) -> str:
    """What tells one state of a town's domains from another: which there are, and which are checked."""
    return " ".join(sorted(row.domain if row.checked_at else f"{row.domain}?" for row in rows))


@transaction.atomic
def keep_mail_domains(municipality: Municipality, domains: list[str], *, by: User, seen: str | None = None) -> list[MailDomain]:
    """Let the town have these domains and no others, all checked with it. Who waits with an address of one is confirmed.

    ``seen`` is the ``stamp_of_domains`` that the person had before them. Raises DomainNotAllowed, ChangedMeanwhile.
    """
    town = acting.lock(municipality)
    wanted = list(dict.fromkeys(clean_domain(domain) for domain in domains))
    before = set(town.mail_domains.exclude(checked_at=None).values_list("domain", flat=True))
    stamp = stamp_of_domains(town.mail_domains.all())
    if seen is not None and stamp not in (seen, " ".join(sorted(wanted))):
        raise ChangedMeanwhile(_("Somebody else changed the domains meanwhile. Nothing was overwritten."))
    _check_free(wanted, town)
    town.mail_domains.exclude(domain__in=wanted).delete()
    for domain in wanted:
        row, _made = MailDomain.objects.get_or_create(domain=domain, defaults={"municipality": town})
        if row.municipality_id != town.pk:  # another town, which has a lock of its own, got it in this moment
            raise _taken(row)
        if row.checked_at is None:
            row.checked_at, row.checked_by = timezone.now(), by
            row.save(update_fields=["checked_at", "checked_by"])
    if before != set(wanted):
        record("municipality.mail_domains", about=f"municipality:{town.pk}", by=by, domains=wanted)
        acting.confirm_who_proves(town)
    return list(town.mail_domains.order_by("domain"))


def _check_free(domains: list[str], town: Municipality) -> None:
    taken = MailDomain.objects.filter(domain__in=domains).exclude(municipality=town).select_related("municipality")
    if row := taken.order_by("domain").first():
        raise _taken(row)


def _taken(row: MailDomain) -> DomainNotAllowed:
    words = {"domain": row.domain, "name": row.municipality.label}
    return DomainNotAllowed(_("%(domain)s is a domain of %(name)s already. Take it away there first") % words)


@transaction.atomic
def import_mail_domains(file: BinaryIO) -> int:
    """Add the domains of a file, as suggestions that a coordinator has yet to check; how many were new.

    All rows or none; a domain that is known stays as it is. Raises ImportRejected.
    """
    rows = read_domains(file.read())
    known = set(MailDomain.objects.values_list("domain", flat=True))
    new = [MailDomain(municipality=town, domain=domain) for domain, town in rows.items() if domain not in known]
    MailDomain.objects.bulk_create(new)
    if new:
        record("mail_domains.imported", about="register", created=len(new))
    return len(new)
