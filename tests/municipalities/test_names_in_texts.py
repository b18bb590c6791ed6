"""Names of municipalities stand in Portuguese texts where no article is needed: "o Porto" and "a Guarda" would want one."""

import re

import polib
import pytest
from django.conf import settings
from django.utils import translation

from goodpractices.reading import Sheet
from goodpractices.structured import author_of
from municipalities import services
from municipalities.errors import DomainNotAllowed
from tests.factories import make_coordinator, make_municipality
from tests.goodpractices.practices import make_practice

BEFORE = re.compile(r"\b(a|à|ao|com|da|de|do|em|na|no|para|pela|pelo|por) %\((municipality|town)\)s", re.IGNORECASE)


def test_no_preposition_stands_before_the_name_of_a_municipality():
    file = polib.pofile(str(settings.BASE_DIR / "network_portal/locale/pt/LC_MESSAGES/django.po"))
    texts = [text for entry in file for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert any("%(town)s" in text for text in texts)
    assert [text for text in texts if BEFORE.search(text)] == []


@pytest.mark.django_db
def test_a_municipality_is_the_author_of_its_practice(client):
    practice = make_practice(municipality=make_municipality(name="Corvo"))
    sheet = Sheet(practice, practice.public_version)
    with translation.override("pt"):
        assert author_of(sheet) == "Município: Corvo"
    with translation.override("en"):
        assert author_of(sheet) == "Municipality of Corvo"
    assert "Município de Corvo" not in client.get(practice.get_absolute_url()).text


@pytest.mark.django_db
def test_the_domain_of_another_municipality():
    services.keep_mail_domains(make_municipality(name="Porto"), ["cm-x.example"], by=make_coordinator())
    with translation.override("pt"), pytest.raises(DomainNotAllowed) as refused:
        services.keep_mail_domains(make_municipality(), ["cm-x.example"], by=make_coordinator())
    assert str(refused.value) == "cm-x.example já é um domínio de outro município: Porto. Primeiro, retire-o de lá"
