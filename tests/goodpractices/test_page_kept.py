"""What a process keeps of the page of a practice: it follows all that it shows, and holds nothing that only some may see."""

import pickle
import re

import pytest
from django.core.cache import caches
from django.utils import timezone

from goodpractices import services
from goodpractices.models import Practice, Section
from municipalities.models import Municipality
from tests.factories import make_coordinator, make_municipality, make_user, make_webinar
from tests.goodpractices.belonging import make_staff
from tests.goodpractices.practices import make_practice
from webinars.models import AgendaItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    """One with a partner that is a town of no register yet, and with another practice like it."""
    near = make_municipality(name="Vizinha", residents=70_000)
    make_practice(municipality=near, title="Parecida")
    partners = {"partners": [{"name": "A câmara do lado", "role": "Ajudou", "municipality": "moita"}]}
    return make_practice(municipality=make_municipality(name="Palmela", residents=64_269), partners=partners)


def page_of(client, practice) -> str:
    return client.get(practice.get_absolute_url()).content.decode().replace("\xa0", " ")


def rename(name: str, new: str) -> None:
    Municipality.objects.filter(name=name).update(name=new)


def of_other(**values) -> None:
    Practice.objects.filter(title="Parecida").update(**values)


def own(practice, **values) -> None:
    Practice.objects.filter(pk=practice.pk).update(**values)


def in_section(practice, code: str, **values) -> None:
    section = Section.objects.get(version=practice.public_version, code=code)
    section.content |= values
    section.save()


def present(practice) -> None:
    AgendaItem.objects.create(webinar=make_webinar(title="Sessão"), starts_at=timezone.now(), title="x", practice=practice)


def publish_again(practice) -> None:
    services.start_version(practice, by=make_coordinator())
    services.make_public(practice, by=make_coordinator())


CHANGES = {  # what changes; what the page says then, and said before not
    "its authors confirm it": (lambda p: own(p, confirmed_on="2031-05-05"), "5 de maio de 2031"),
    "another one replicates it": (lambda p: own(p, evidence=4), "nível 4 de 4"),
    "it was published on another day": (
        lambda p: own(p, first_published_at="2011-05-05T12:00Z"),
        '"datePublished": "2011-05-05"',
    ),
    "it is archived": (lambda p: own(p, state="archived"), "Esta prática está arquivada"),
    "it has another address": (lambda p: own(p, slug="outro-endereco"), "/practices/outro-endereco/v1/"),
    "it has another version": (publish_again, "Versão 1</a>"),
    "its text is another": (lambda p: in_section(p, "context", text="Outra razão."), "Outra razão."),
    "its contact is another": (lambda p: in_section(p, "contact", role_email="nova@cm-x.example"), "nova@cm-x.example"),
    "its town is renamed": (lambda p: rename("Palmela", "Palmela Nova"), "Palmela Nova ("),
    "its town has a namesake": (
        lambda p: Municipality.objects.filter(name="Palmela").update(has_namesake=True, district="Setúbal"),
        "Palmela (Setúbal)",
    ),
    "its town grows": (lambda p: Municipality.objects.filter(name="Palmela").update(residents=65_000), "65 000 habitantes"),
    "the town of its partner is in the register": (lambda p: make_municipality(name="Moita", slug="moita"), "/moita/"),
    "a webinar presents it": (present, "Sessão"),
    "the other one is renamed": (lambda p: of_other(title="Igualzinha"), "Igualzinha"),
    "the other one has another summary": (lambda p: of_other(summary="Noutras palavras."), "Noutras palavras."),
    "the town of the other one is renamed": (lambda p: rename("Vizinha", "Mais Além"), "Mais Além"),
}


@pytest.mark.parametrize(("change", "text"), CHANGES.values(), ids=CHANGES.keys())
def test_what_is_kept_follows_every_change(client, practice, change, text):
    assert text not in page_of(client, practice)
    assert text not in page_of(client, practice)
    change(practice)
    practice.refresh_from_db()
    assert text in page_of(client, practice)


def test_what_left_the_catalogue_is_no_longer_named(client, practice):
    assert "Parecida" in page_of(client, practice)
    of_other(state="archived")
    assert "Parecida" not in page_of(client, practice)


def test_an_archived_practice_names_none_like_it_and_tells_machines_nothing(client, practice):
    assert ("application/ld+json" in page_of(client, practice), "Parecida" in page_of(client, practice)) == (True, True)
    own(practice, state="archived")
    assert ("application/ld+json" in page_of(client, practice), "Parecida" in page_of(client, practice)) == (False, False)


def test_also_one_that_has_none_like_it_tells_machines_nothing_when_archived(client, practice):
    of_other(state="unpublished")
    assert "application/ld+json" in page_of(client, practice)
    own(practice, state="archived")
    assert "application/ld+json" not in page_of(client, practice)


def test_the_page_of_an_old_version_names_those_that_came_since(client, practice):
    first = practice.public_version.get_absolute_url()
    publish_again(practice)
    assert "Versão 3</a>" not in client.get(first).content.decode()
    publish_again(practice)
    assert "Versão 3</a>" in client.get(first).content.decode()


def test_each_language_is_kept_apart(client, practice):
    address = practice.get_absolute_url()
    pages = [client.get(f"{language}{address}").content.decode() for language in ("", "/en") * 2]
    assert [("Práticas parecidas" in page, "Similar practices" in page) for page in pages] == [(True, False), (False, True)] * 2


def test_each_version_is_kept_apart(client, practice):
    publish_again(practice)
    practice.refresh_from_db()
    address = practice.get_absolute_url()
    numbers = [
        re.search(r"vers(?:ão|ion) (\d)\. ", client.get(f"{address}{end}").content.decode())[1] for end in ("v1/", "v2/", "") * 2
    ]
    assert numbers == ["1", "2", "2"] * 2


def test_nothing_is_kept_that_only_some_may_see(client, practice):
    """Whoever comes first, and whoever comes next: the person, and what is said to authors, stand outside of what is kept."""
    in_section(practice, "contact", name="Berta da Mata", email="rita@cm-x.example", phone="212 000 000")
    client.force_login(make_coordinator())
    assert "Berta da Mata" in page_of(client, practice)
    assert not [value for value in kept() if "Berta da Mata" in value or "rita@cm-x.example" in value or "212 000 000" in value]
    client.force_login(make_user())
    assert "Berta da Mata" not in page_of(client, practice)
    client.logout()
    assert "Berta da Mata" not in page_of(client, practice)
    client.force_login(make_coordinator())
    assert "Berta da Mata" in page_of(client, practice)


def test_what_is_said_to_authors_is_said_to_nobody_else(client, practice):
    in_section(practice, "contact", role_email="")
    author = make_staff(practice.municipality)
    client.force_login(author)
    assert "já não tem contacto" in page_of(client, practice)
    assert not [value for value in kept() if "já não tem contacto" in value]
    client.logout()
    assert "já não tem contacto" not in page_of(client, practice)


def kept() -> list[str]:
    """Everything that the process keeps."""
    return [str(pickle.loads(value)) for value in caches["fragments"]._cache.values()]
