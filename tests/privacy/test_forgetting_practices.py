"""Who is erased is named in no practice any more; what was written stays with the municipality."""

import pytest
from django.apps import apps

from goodpractices import services as practices
from goodpractices.models import PracticeEvent, Section, SetAside
from goodpractices.services import acting
from goodpractices.services.writing import set_aside
from network_portal.privacy import services
from tests.factories import make_affiliation, make_coordinator, make_municipality, make_user
from tests.goodpractices.practices import make_draft, make_practice
from tests.goodpractices.reviews import COMMENTS, NOTES, Town, reread, states

pytestmark = pytest.mark.django_db


def contact(practice) -> dict:
    return reread(practice).public_version.sections.get(code="contact").content


def columns_that_name(person) -> list[str]:
    """Every column of the tables of practices that leads to the person."""
    found = []
    for model in apps.get_app_config("goodpractices").get_models():
        for column in model._meta.fields:
            if column.related_model is type(person) and model.objects.filter(**{column.name: person}).exists():
                found.append(f"{model.__name__}.{column.name}")
    return found


def test_an_author_is_named_nowhere_and_the_practice_stays(client):
    town = Town()
    practice = town.taken()
    practices.publish(practice, by=town.coordinator, notes=NOTES)
    practices.start_version(practice, by=town.focal)
    practices.save_section(practice, "context", {"text": "Outro."}, by=town.focal, seen=1)
    set_aside(practice, "context", {"text": "Chegou em segundo."}, by=town.focal)
    assert {"Version.created_by", "SetAside.person"} <= set(columns_that_name(town.focal))
    services.erase(town.focal)
    assert columns_that_name(town.focal) == []
    assert (states(practice), reread(practice).municipality) == (("public", "draft"), town.town)
    client.force_login(town.coordinator)
    page = client.get(f"/en/practices/{reread(practice).slug}/history/").content.decode()
    assert ("Filipa Ramos" in page, "erased.invalid" in page, "Carla Osório" in page) == (False, False, True)


def test_a_reviewer_is_named_nowhere_and_the_review_can_be_taken(client):
    town = Town()
    practice, other = town.taken(), make_coordinator()
    practices.save_review(practice, by=town.coordinator, notes=COMMENTS)
    services.erase(town.coordinator)
    assert columns_that_name(town.coordinator) == []
    review = practices.take(practice, by=other)
    assert (review.reviewer, review.comments.get().code) == (other, "results")
    assert PracticeEvent.objects.filter(practice=practice, kind="taken").count() == 2


def test_the_contact_of_a_practice_keeps_the_address_of_the_service():
    person = make_user("rita@cm-x.example", name="Rita Quaresma")
    practice = make_practice(contact={"email": "Rita@CM-X.example", "phone": "210 000 000"})
    practices.start_version(practice, by=make_coordinator())
    services.erase(person)
    for section in Section.objects.filter(code="contact"):
        assert section.content == {"role_email": "igualdade@cm-x.example", "name": "", "email": "", "phone": ""}
    assert contact(practice)["role_email"] == "igualdade@cm-x.example"


def test_a_contact_by_name_alone_goes_where_the_person_belongs_and_stays_where_others_are_called_so():
    town, elsewhere = make_municipality(), make_municipality()
    person = make_affiliation(make_user(name="Rita Quaresma"), town).person
    named = {"contact": {"name": "rita quaresma", "email": "", "phone": "1"}}
    own, other = make_practice(municipality=town, **named), make_practice(municipality=elsewhere, **named)
    services.erase(person)
    assert (contact(own)["name"], contact(own)["phone"], contact(other)["name"]) == ("", "", "rita quaresma")


def test_somebody_without_a_name_takes_no_contact_with_them():
    practice = make_practice(contact={"name": "", "email": "", "phone": "210 000 000"})
    services.erase(make_user(name=""))
    assert contact(practice)["phone"] == "210 000 000"


def test_the_drafts_of_a_person_stay():
    town = Town()
    practice = make_draft(municipality=town.town, by=town.focal)
    services.erase(town.focal)
    assert states(practice) == ("new", "draft")


@pytest.mark.parametrize("by_name", [False, True])
def test_a_text_that_a_colleague_set_aside_names_the_person_no_more(by_name):
    town = Town()
    practice, colleague = make_draft(municipality=town.town, by=town.focal), make_affiliation(make_user(), town.town).person
    named = {"name": town.focal.name, "email": "" if by_name else town.focal.email, "phone": "1"}
    set_aside(practice, "contact", {"role_email": "igualdade@cm-x.example"} | named, by=colleague)
    services.erase(town.focal)
    kept = SetAside.objects.get().content
    assert kept == {"role_email": "igualdade@cm-x.example", "name": "", "email": "", "phone": ""}


def test_an_address_of_the_service_that_is_the_persons_own_goes_and_the_page_says_so_to_its_authors(client):
    town = Town(language="en")
    colleague = make_affiliation(make_user(language="en"), town.town).person
    practice = make_practice(municipality=town.town, contact={"role_email": town.focal.email.upper(), "name": "Rita Quaresma"})
    address, data = f"/en/practices/{practice.slug}/", f"/en/practices/{practice.slug}/data.json"
    email, said = town.focal.email, "has no contact any more"
    services.erase(town.focal)
    assert (contact(practice)["role_email"], contact(practice)["name"]) == ("", "Rita Quaresma")
    pages = [client.get(url).content.decode() for url in (address, data)]
    assert [email in page.lower() for page in pages] == [False, False]
    assert said not in pages[0]
    client.force_login(colleague)
    assert said in client.get(address).content.decode()


def test_what_is_saved_while_a_person_is_erased_is_not_overwritten(monkeypatch):
    person = make_user("rita@cm-x.example", name="Rita Quaresma")
    practice, lock = make_practice(), acting.lock

    def lock_after_somebody_saved(found):
        content = contact(practice) | {"role_email": "novo@cm-x.example"}
        Section.objects.filter(code="contact").update(content=content)
        return lock(found)

    monkeypatch.setattr(acting, "lock", lock_after_somebody_saved)
    services.erase(person)
    assert (contact(practice)["role_email"], contact(practice)["email"]) == ("novo@cm-x.example", "")
