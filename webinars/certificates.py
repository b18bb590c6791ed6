"""What stands on a certificate: the facts of the row, the cycle's partners and texts, and the way to check it."""

import io
import re
import secrets
from datetime import date

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.common import pdf
from network_portal.common.links import absolute
from network_portal.common.templatetags.portal import NBSP, date_in_words, day_number, month_name
from webinars.models import Certificate, Cycle, Partner

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 8
MISREAD = str.maketrans("OIL", "011")
PARTICLES = {"de", "da", "do", "das", "dos", "del", "della", "di", "e", "y", "i", "von", "van", "der", "la", "los", "las"}


def new_code() -> str:
    """Eight random characters: 40 bits, too many to be tried out."""
    return "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))


def code_from(typed: str) -> str | None:
    """The code as it is stored, however it was typed: lower case, blanks, hyphens, O for 0, I or L for 1. None if it is none."""
    code = re.sub(r"[\s\u2010-\u2015-]+", "", typed).upper().translate(MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def initials(name: str) -> str:
    """As "M. C. A." of "Maria da Conceição Albuquerque"; small words between names are left out."""
    words = [word for word in re.split(r"[\s-]+", name) if word and word.casefold() not in PARTICLES]
    return " ".join(f"{word[0].upper()}." for word in words)


def length_in_words(minutes: int) -> str:
    """As "3 hours", "2 hours and 30 minutes", "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    text = _("%(hours)s and %(minutes)s") % {"hours": parts[0], "minutes": parts[1]} if len(parts) == 2 else parts[0]
    return text.replace(" ", NBSP) if len(parts) == 1 else text


def presence_in_words(minutes: int) -> str:
    """As "2 h 52 min"."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
    return NBSP.join(parts).replace(" ", NBSP)


def check_url(certificate: Certificate) -> str:
    """The public page about it, absolute, in the language that is active."""
    return absolute(reverse("certificates:detail", args=[certificate.shown_code]))


def document(certificate: Certificate, logos: list[tuple[str, str | None]]) -> bytes:
    """The file, in the certificate's own language; the same row, cycle and ``logos`` give the same bytes.

    Needs the cycle, and the webinar if it is about one.
    """
    with translation.override(certificate.language):
        data = _facts(certificate)
        data["partners"] = [{"name": name, "picture": f"{n}.svg" if svg else None} for n, (name, svg) in enumerate(logos)]
        return pdf.compile_pdf(
            "certificate.typ",
            data,
            language=certificate.language,
            title=f"{data['heading']}: {certificate.title}",
            created=certificate.issued_at,
            pictures={"qr.svg": _qr(certificate)} | {f"{n}.svg": svg for n, (_name, svg) in enumerate(logos) if svg},
        )


def logos_of(cycle: Cycle) -> list[tuple[str, str | None]]:
    """The partners of ``cycle`` as ``document`` wants them, who funds first: name, and the logo or none."""
    return [(partner.name, _logo(partner)) for partner in cycle.partners.in_order()]


def _logo(partner: Partner) -> str | None:
    """None also when a backup came back without the file: the name stands in its place."""
    try:
        return pdf.framed(partner.logo.read()) if partner.logo else None
    except FileNotFoundError:
        return None


def _facts(certificate: Certificate) -> dict:
    cycle = certificate.cycle
    about = _about_webinar(certificate) if certificate.webinar_id else _about_cycle(certificate)
    return {
        "network": settings.NETWORK_NAME,
        "heading": _("Certificate of participation"),
        "name": certificate.name,
        "what": certificate.title,
        "what_language": certificate.webinar.language if certificate.webinar_id else cycle.language,
        "text": cycle.certificate_text,
        "text_language": cycle.language,
        "columns": [_("Webinar"), _("Date"), _("Length")],
        "list_heading": _("The webinars attended"),
        "coordination_label": _("Coordination"),
        "coordination": settings.NETWORK_COORDINATOR,
        "funder_label": _("Funding"),
        "funder": ", ".join(filter(None, [cycle.funder, cycle.grant_reference])),
        "check": _("Check this certificate"),
        "code": certificate.shown_code,
        "url": check_url(certificate),
        "address": re.sub(r"^https?://|/$", "", absolute(reverse("certificates:check"))),
        "qr_alt": _("QR code that leads to the page on which this certificate can be checked"),
        **about,
    }


def _issued(certificate: Certificate) -> str:
    return _("Issued on %(day)s") % {"day": date_in_words(certificate.issued_at)}


def _about_webinar(certificate: Certificate) -> dict:
    held, number = certificate.held_on, certificate.webinar.number
    return {
        "did": _("took part in the webinar"),
        "context": _("Number %(number)s of the cycle “%(cycle)s”") % {"number": number, "cycle": certificate.cycle.title},
        "lead": day_number(held),
        "unit": _("%(month)s %(year)s") % {"month": month_name(held), "year": held.year},
        "second": length_in_words(certificate.minutes),
        "notes": [_issued(certificate)],
        "webinars": [],
    }


def _about_cycle(certificate: Certificate) -> dict:
    lead, unit = length_in_words(certificate.minutes).replace(NBSP, " ").split(" ", 1)
    days = sorted(date.fromisoformat(row["held_on"]) for row in certificate.listed)
    count = {"count": certificate.webinars}
    return {
        "did": ngettext("took part in %(count)s webinar of the cycle", "took part in %(count)s webinars of the cycle",
                        certificate.webinars) % count,
        "context": "",
        "lead": lead,
        "unit": unit,
        "second": ngettext("%(count)s webinar", "%(count)s webinars", certificate.webinars) % count,
        "notes": [*_period(days), _issued(certificate)],
        "webinars": [_row(row) for row in certificate.listed],
    }  # fmt: skip


def _period(days: list[date]) -> list[str]:
    if not days or days[0] == days[-1]:
        return [date_in_words(day) for day in days[:1]]
    return [_("From %(first)s to %(last)s") % {"first": date_in_words(days[0]), "last": date_in_words(days[-1])}]


def _row(row: dict) -> dict:
    day = date.fromisoformat(row["held_on"])
    return {"title": row["title"], "day": date_in_words(day), "length": length_in_words(row["minutes"])}


def _qr(certificate: Certificate) -> str:
    picture = io.BytesIO()
    segno.make(check_url(certificate), error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False, dark="#15102a")
    return picture.getvalue().decode()
