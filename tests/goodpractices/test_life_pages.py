"""Sending, the history with its differences, the deeds besides the review, and the yearly question on their pages."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from goodpractices import links, services
from goodpractices.models import Practice
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator
from tests.goodpractices.belonging import make_staff
from tests.goodpractices.reviews import Town, kinds, reread, states
from tests.goodpractices.test_review_pages import text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(client):
    made = Town()
    client.force_login(made.focal)
    return made


def history(practice, query: str = "") -> str:
    return f"/en/practices/{practice.slug}/history/{query}"


def submit(practice) -> str:
    return f"/en/practices/write/{practice.pk}/submit/"


def hrefs(response) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', response.content.decode())]


def test_what_is_missing_is_listed_by_section_with_the_way_there(client, town):
    practice = town.draft(context={"text": ""}, blocks={"blocks": []})
    response = client.get(submit(practice))
    page = text_of(response)
    assert re.search(r"It cannot be sent yet .* 3\. Why it was needed Say why it was needed\. .* 5\. What was done", page)
    assert f"/en/practices/write/{practice.pk}/context/#id_text" in hrefs(response)
    assert "Send for review" not in page
    client.post(submit(practice))
    assert states(practice) == ("new", "draft")


def test_the_whole_text_and_the_grid_stand_before_the_button(client, town):
    practice = town.draft(blocks={"blocks": []})
    page = text_of(client.get(submit(practice)))
    for part in ("Still missing to publish it", "Um em quatro pedidos ficou sem resposta.", "Whom does it reach", "CC BY 4.0"):
        assert part in page
    assert client.post(submit(practice)).url == history(practice)
    assert states(practice) == ("new", "submitted")
    assert client.get(submit(practice)).url == history(practice)


def test_staff_read_who_sends_it(client, town):
    practice = town.draft()
    client.force_login(make_staff(town.town))
    page = text_of(client.get(submit(practice)))
    assert "A focal point of your municipality sends it: Filipa Ramos" in page
    assert client.post(submit(practice)).status_code == 403
    assert states(practice) == ("new", "draft")


def test_authors_read_the_comments_and_the_role_of_who_wrote_them(client, town):
    practice = town.asked()
    page = text_of(client.get(history(practice)))
    assert "Change the sections that the reviewer names" in page
    assert "De onde vêm os números?" in page
    assert "coordination of the network" in page
    assert "Carla Osório" not in page
    assert page.count("Filipa Ramos") == 3  # in the head of the page; made the draft, sent it


def test_coordinators_read_names_and_reasons_that_are_theirs(client, town):
    practice, other = town.taken(), make_coordinator()
    services.take(practice, by=other, reason="A Carla está de férias.")
    assert "férias" not in text_of(client.get(history(practice)))
    client.force_login(town.coordinator)
    page = text_of(client.get(history(practice)))
    assert "A Carla está de férias." in page
    assert "Carla Osório" in page


def changed(town) -> Practice:
    practice = town.public()
    services.start_version(practice, by=town.focal)
    text = "Nove em cada dez pedidos de dispensa eram de homens. Cada chefia decidia à sua maneira."
    services.save_section(practice, "context", {"text": text}, by=town.focal, seen=1)
    return practice


def test_two_versions_are_compared_word_by_word(client, town):
    html = client.get(history(changed(town))).content.decode()
    assert re.findall(r"<del[^>]*>([^<]+)</del>", html) == ["went", "mulheres"]
    assert re.findall(r"<ins[^>]*>([^<]+)</ins>", html) == ["came", "homens"]


def test_any_two_versions_can_be_asked_for_and_one_can_be_read(client, town):
    practice = changed(town)
    swapped = client.get(history(practice, "?old=2&new=1")).content.decode()
    assert re.findall(r"<ins[^>]*>([^<]+)</ins>", swapped) == ["came", "mulheres"]
    assert "Text of version 2" in text_of(client.get(history(practice, "?old=2&new=2")))


def test_the_links_in_mails_lead_on_when_publishing_gave_the_practice_its_address(client, town):
    practice = town.submitted()
    mail = OutboxMail.objects.get(template="goodpractices/event")
    link = re.search(r"https?://[^/]+(/\S*/history/)", mail.text)[1]
    assert client.get(link).status_code == 200
    practice = services.make_public(practice, by=town.coordinator)
    assert client.get(f"{link}?old=1&new=1").url.endswith(f"/practices/{practice.slug}/history/?old=1&new=1")
    assert client.get(link, follow=True).status_code == 200
    client.logout()
    first = f"/en/practices/practice-{practice.pk}/"
    assert client.get(first).url == f"/en/practices/{practice.slug}/"
    assert client.get(f"{first}v1/").url == f"/en/practices/{practice.slug}/v1/"
    services.unpublish(practice, by=town.coordinator, reason="Foto.")
    assert [client.get(f"{first}{end}").status_code for end in ("", "v1/")] == [404, 404]
    assert [client.get(f"/en/practices/practice-{n}/").status_code for n in ("0", "9" * 18, "9" * 30, "x")] == [404] * 4


@pytest.mark.parametrize("query", ["?old=x&new=y", "?old=99999999999999999999", "?old=0", "?new=%00", "?old=&new="])
def test_versions_that_do_not_exist_give_the_latest_two(client, town, query):
    assert "Version 1 and version 2" in text_of(client.get(history(changed(town), query)))


def test_a_second_click_on_withdrawing_the_new_version_leaves_what_is_public(client, town):
    practice = town.public()
    services.start_version(practice, by=town.focal)
    client.force_login(town.focal)
    address, data = f"/en/practices/review/{practice.pk}/withdraw/", {"what": "version", "reason": ""}
    assert client.post(address, data).status_code == 302
    page = client.post(address, data)
    assert (page.status_code, states(practice)) == (200, ("public", ""))
    assert "This cannot be done with a practice in the state" in text_of(page)
    client.post(address, data | {"what": "whole", "reason": "Engano."})
    assert states(practice) == ("withdrawn", "")


def test_of_a_withdrawn_practice_the_page_takes_the_new_version_back_without_a_reason(client, town):
    practice = town.public()
    services.withdraw(practice, by=town.focal, reason="Engano.")
    services.start_version(practice, by=town.focal)
    address = f"/en/practices/review/{practice.pk}/withdraw/"
    assert address in hrefs(client.get(history(practice)))
    assert "The whole practice" not in text_of(client.get(address))
    assert client.post(address, {"reason": ""}).url == history(practice)
    assert states(practice) == ("withdrawn", "")


def test_the_history_costs_the_same_however_long_it_is(client, town, django_assert_num_queries):
    practice = changed(town)
    client.get(history(practice))
    with django_assert_num_queries(11):
        client.get(history(practice))
    for _ in range(3):
        services.submit(practice, by=town.focal)
        services.take(practice, by=town.coordinator)
        services.request_changes(practice, by=town.coordinator, notes=services.Notes(comments={"results": "x", "title": "y"}))
    with django_assert_num_queries(12):  # the comments, of however many reviews
        client.get(history(practice))


def test_who_may_restore_finds_what_was_deleted(client, town, django_assert_num_queries):
    mine, deleted = "/en/practices/write/", "/en/practices/review/deleted/"
    assert deleted not in hrefs(client.get(mine))
    services.delete(town.draft(title={"title": "Apagada"}), by=town.focal)
    services.delete(Town().draft(title={"title": "Alheia"}), by=town.coordinator)
    assert deleted in hrefs(client.get(mine))
    page = client.get(deleted)
    assert ("Apagada" in text_of(page), "Alheia" in text_of(page)) == (True, False)
    assert f"/en/practices/review/{Practice.objects.get(title='Apagada').pk}/restore/" in hrefs(page)
    for _ in range(25):
        services.delete(town.draft(), by=town.focal)
    with django_assert_num_queries(5):
        client.get(deleted)
    client.force_login(make_staff(town.town))
    assert deleted not in hrefs(client.get(mine))
    client.force_login(town.coordinator)
    assert "Alheia" in text_of(client.get(f"{deleted}?page=2"))


def test_a_draft_is_deleted_and_restored_from_its_pages(client, town):
    practice = town.draft()
    assert "Delete this practice?" in text_of(client.get(url(practice, "delete/")))
    assert client.post(url(practice, "delete/")).url == url(practice, "restore/")
    assert "This practice is deleted" in text_of(client.get(url(practice, "restore/")))
    assert client.get(history(practice)).status_code == 404
    assert client.post(url(practice, "restore/")).url == history(practice)
    assert states(practice) == ("new", "draft")


@pytest.mark.parametrize("deed", ["archive", "withdraw"])
def test_a_reason_is_asked_for_and_what_was_typed_stays(client, town, deed):
    practice = town.public()
    response = client.post(url(practice, f"{deed}/"), {"reason": " "})
    assert ("<title>Error:" in response.content.decode(), states(practice)) == (True, ("public", ""))
    long = client.post(url(practice, f"{deed}/"), {"reason": "x" * 4001})
    assert "x" * 4001 in long.content.decode()
    assert client.post(url(practice, f"{deed}/"), {"reason": "Acabou."}).url == history(practice)
    assert states(practice) == ({"archive": "archived", "withdraw": "withdrawn"}[deed], "")


def test_with_a_new_version_under_way_one_says_what_is_withdrawn(client, town):
    practice = changed(town)
    assert states(practice) == ("public", "draft")
    assert "Say what you withdraw." in text_of(client.post(url(practice, "withdraw/"), {"reason": "x"}))
    client.post(url(practice, "withdraw/"), {"what": "version"})
    assert states(practice) == ("public", "")


def test_a_deed_that_no_longer_fits_is_refused_in_words(client, town):
    practice = town.taken()
    response = client.post(url(practice, "delete/"))
    assert "This cannot be done with a practice in the state “in review”." in text_of(response)


def test_the_deeds_that_fit_are_offered(client, town):
    practice = town.public()
    found = [href for href in hrefs(client.get(history(practice))) if "/review/" in href and str(practice.pk) in href]
    assert found == [url(practice, "archive/"), url(practice, "withdraw/")]
    client.force_login(town.coordinator)
    page = client.get(history(practice)).content.decode()
    assert re.findall(r'action="([^"]+)"', page)[-1] == url(practice, "feature/")
    client.post(url(practice, "unpublish/"), {"reason": "Uma fotografia."})
    client.post(url(practice, "bring-back/"))
    assert kinds(practice)[-2:] == ["unpublished", "brought_back"]


@pytest.fixture
def questioned(town):
    practice = town.public()
    Practice.objects.filter(pk=practice.pk).update(confirmed_on=timezone.localdate() - timedelta(days=400))
    services.ask_still_true(practice)
    return reread(practice)


def test_the_link_of_the_mail_asks_and_confirms_without_signing_in(client, questioned):
    client.logout()
    address = f"/en/practices/review/true/{links.token_for(questioned)}/"
    response = client.get(address)
    assert "Yes, it is still true" in text_of(response)
    assert (response["Referrer-Policy"], response["X-Robots-Tag"], response.cookies.keys()) == ("no-referrer", "noindex", set())
    assert reread(questioned).confirmed_on != timezone.localdate()  # a gateway that opens links answers nothing
    assert client.post(address).url == address
    assert reread(questioned).confirmed_on == timezone.localdate()
    assert "Thank you, it is answered" in text_of(client.get(address))
    client.post(address)
    assert kinds(questioned).count("confirmed") == 1


def test_an_old_link_does_not_answer_a_later_question(client, questioned):
    token = links.token_for(questioned)
    services.confirm_still_true(questioned, by=None)
    later = timezone.localdate() + timedelta(days=1)
    Practice.objects.filter(pk=questioned.pk).update(asked_on=later, unanswered=1, confirmed_on=later - timedelta(days=1))
    client.post(f"/en/practices/review/true/{token}/")
    assert kinds(questioned).count("confirmed") == 1


@pytest.mark.parametrize("token", ["x", "1-20270101:abc", "%00"])
def test_an_altered_link_is_not_found(client, db, token):
    assert client.get(f"/en/practices/review/true/{token}/").status_code == 404


def test_signed_in_one_confirms_or_begins_an_update(client, town, questioned):
    page = text_of(client.get(url(questioned, "still-true/")))
    assert "Yes, it is still true" in page
    client.post(url(questioned, "still-true/"), {"update": "1"})
    assert (states(questioned), reread(questioned).unanswered) == (("public", "draft"), 0)
    client.post(url(questioned, "still-true/"), {"confirm": "1"})
    assert reread(questioned).confirmed_on == timezone.localdate()
