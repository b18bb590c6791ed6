"""The signed link of the yearly question: who holds it answers for this one practice, without signing in."""

from datetime import date

from django.core import signing
from django.urls import reverse

from goodpractices.models import Practice
from network_portal.common.links import absolute

SIGNER = signing.Signer(salt="goodpractices.still_true")


def token_for(practice: Practice) -> str:
    """The practice and the day of the question, and their signature."""
    return SIGNER.sign(f"{practice.pk}-{practice.asked_on:%Y%m%d}")


def question_of(token: str) -> tuple[Practice, date] | None:
    """The practice that ``token`` names, and the day it was asked; none when it was altered or is no longer public."""
    try:
        pk, _, day = SIGNER.unsign(token).partition("-")
        asked_on = date.fromisoformat(day)
    except (signing.BadSignature, ValueError):
        return None
    practice = Practice.objects.listed().select_related("municipality").filter(pk=pk).first()
    return (practice, asked_on) if practice else None


def still_true_url(practice: Practice) -> str:
    """The page with the two buttons. Absolute, in the language that is active."""
    return absolute(reverse("goodpractices:still_true_link", args=[token_for(practice)]))
