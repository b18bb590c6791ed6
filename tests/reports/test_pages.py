"""The coordinator's pages of reports."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_portal.jobs.models import Job
from network_portal.reports import services
from network_portal.reports.models import Report
from tests.factories import make_coordinator, make_cycle, make_user, make_webinar
from tests.reports.cycles import END, make_frozen, make_full_cycle

pytestmark = pytest.mark.django_db
BASE = "/en/reports/"


def text_of(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ").split())


def url(report: Report, page: str = "") -> str:
    return f"{BASE}{report.uuid}/{page}"


@pytest.fixture
def cycle():
    return make_full_cycle()


@pytest.fixture
def draft(coordinator, cycle):
    return services.create_report(cycle, by=coordinator, cut_off=END)


@pytest.fixture
def frozen(coordinator, cycle):
    return make_frozen(cycle, by=coordinator, text={"pt": "**Cumprido.**", "en": "All <script>met</script>."})


# --- the list and a new one


def test_without_a_cycle_the_list_says_what_to_do(client, coordinator):
    assert "There is no cycle yet" in text_of(client.get(BASE))


def test_the_list_shows_state_and_corrections(client, coordinator, frozen):
    services.create_report(frozen.cycle, by=coordinator, cut_off=END, corrects=frozen, reason="x")
    page = text_of(client.get(BASE))
    for words in ("Report 1", "Report 2", "Draft", "Frozen on", "Corrects report 1"):
        assert words in page


def test_the_list_costs_the_same_for_one_as_for_twenty(client, coordinator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(BASE)
        return len(caught)

    cycle = make_cycle(starts_on=date(2024, 1, 1), ends_on=END)
    services.create_report(cycle, by=coordinator, cut_off=END)
    few = queries()
    for _n in range(20):
        services.create_report(cycle, by=coordinator, cut_off=END)
    assert queries() == few <= 7


def test_a_new_report_is_a_draft_of_the_chosen_cycle_and_day(client, coordinator, cycle):
    page = client.get(f"{BASE}new/?cycle=praticas-2024")
    assert 'value="2024-12-31"' in page.content.decode()
    response = client.post(f"{BASE}new/", {"cycle": cycle.pk, "cut_off": "30/06/2024"})
    report = Report.objects.get()
    assert (response.url, report.cut_off, report.state) == (url(report), date(2024, 6, 30), "draft")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose the cycle"),
        ({"cycle": "999999", "cut_off": "2024-12-31"}, "Choose a cycle of the list"),
        ({"cut_off": ""}, "Enter the day"),
        ({"cut_off": "31/02/2024"}, "This day does not exist in that month"),
        ({"cut_off": "2024-03-20"}, "The first webinar was on 21 March 2024: choose that day or a later one"),
        ({"cut_off": "2199-01-01"}, "Choose today or a day before"),
    ],
)
def test_what_is_wrong_with_a_new_report_is_said(client, coordinator, cycle, answers, message):
    posted = {"cycle": cycle.pk, "cut_off": "2024-12-31"} | answers if answers else {}
    page = text_of(client.post(f"{BASE}new/", posted))
    assert message in page
    assert "Error:" in page
    assert not Report.objects.exists()


# --- a draft


def test_two_cycles_with_the_same_title_are_told_apart_by_their_days(client, coordinator, cycle):
    make_cycle(title=cycle.title, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    page = client.get("/en/reports/new/").text
    assert f"{cycle.title} (1 Jan 2023 – 31 Dec 2023)".replace(" ", "") in re.sub(r"\s", "", page)


def test_a_draft_shows_the_four_figures_first_then_what_is_missing(client, draft, cycle):
    webinar = cycle.webinars.get(number=5)
    webinar.attendance_closed_at = None
    webinar.save()
    cycle.webinars.get(number=4).recording.delete()
    page = text_of(client.get(url(draft)))
    order = [page.index(words) for words in ("250 of 250", "Attendance of webinar 5 is still open", "Text (Português)")]
    assert order == sorted(order)
    assert "Webinar 4 has no published recording" in page
    assert "By 90 different people" in page


def test_a_draft_with_everything_says_so(client, draft):
    assert "Nothing is missing" in text_of(client.get(url(draft)))


def test_a_webinar_of_the_cut_off_day_that_is_not_over_is_named(client, coordinator):
    cycle = make_cycle()
    make_webinar(cycle=cycle, number=1, starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2))
    make_webinar(cycle=cycle, number=2, starts_at=timezone.now() - timedelta(minutes=5))
    report = services.create_report(cycle, by=coordinator, cut_off=timezone.localdate())
    assert "Webinar 2 is not over yet" in text_of(client.get(url(report)))


def test_the_text_is_saved_and_leads_to_the_check(client, draft):
    posted = {"seen": draft.changed_at.isoformat(), "text_pt": "Bom.\x00", "text_en": "Good."}
    assert "character that cannot be kept" in text_of(client.post(url(draft, "text/"), posted))
    response = client.post(url(draft, "text/"), posted | {"text_pt": "Bom.", "check": "1"})
    assert response.url == url(draft, "freeze/")
    draft.refresh_from_db()
    assert draft.text == {"pt": "Bom.", "en": "Good."}


def test_who_saves_second_sees_both_texts(client, draft):
    seen = draft.changed_at.isoformat()
    services.save_text(draft, by=make_coordinator(name="Ana Lima"), seen=seen, text={"pt": "Da Ana"})
    response = client.post(url(draft, "text/"), {"seen": seen, "text_pt": "Da Carla"})
    page = text_of(response)
    assert "Ana Lima changed this text" in page
    assert "Da Ana" in page
    assert "Da Carla" in response.content.decode()
    draft.refresh_from_db()
    assert draft.text == {"pt": "Da Ana"}
    client.post(url(draft, "text/"), {"seen": response.context["seen"], "text_pt": "As duas"})
    draft.refresh_from_db()
    assert draft.text == {"pt": "As duas"}


def test_a_text_that_is_too_long_is_refused_and_kept(client, draft):
    response = client.post(url(draft, "text/"), {"seen": draft.changed_at.isoformat(), "text_pt": "a" * 20_001})
    assert "20 000 characters or fewer" in text_of(response)
    assert "a" * 20_001 in response.content.decode()


def test_a_draft_is_deleted_after_a_question(client, draft):
    assert client.get(url(draft, "discard/")).status_code == 405
    assert client.post(url(draft, "discard/")).url == BASE
    assert not Report.objects.exists()


# --- freezing


def test_freezing_keeps_what_was_checked(client, draft):
    page = client.get(url(draft, "freeze/"))
    assert "Freeze report 1" in text_of(page)
    response = client.post(url(draft, "freeze/"), {"checked": page.context["checked"]}, follow=True)
    assert "Report 1 is frozen" in text_of(response)
    assert client.get(url(draft, "freeze/")).url == url(draft)


def test_figures_that_changed_meanwhile_are_shown_again(client, draft, cycle):
    checked = client.get(url(draft, "freeze/")).context["checked"]
    cycle.webinars.get(number=1).recording.delete()
    response = client.post(url(draft, "freeze/"), {"checked": checked}, follow=True)
    assert "Figures or text changed since you looked" in text_of(response)
    draft.refresh_from_db()
    assert draft.state == "draft"


# --- a frozen report


def test_a_frozen_report_shows_its_own_content(client, frozen):
    frozen.cycle.webinars.update(title="Renamed")
    page = client.get(url(frozen))
    assert "Renamed" not in page.content.decode()
    assert "Igualdade na educação" in page.content.decode()
    assert frozen.content_sha256 in text_of(page)
    assert "<script>met" not in page.content.decode()


def test_a_frozen_report_takes_no_text_and_is_not_deleted(client, frozen):
    seen = frozen.changed_at.isoformat()
    assert client.post(url(frozen, "text/"), {"seen": seen, "text_pt": "x"}).url == url(frozen)
    page = text_of(client.post(url(frozen, "discard/"), follow=True))
    assert "This report is frozen: it never changes" in page
    assert Report.objects.get().text == frozen.text


def test_a_correction_is_told_on_both_pages(client, frozen):
    response = client.post(url(frozen, "correct/"), {"reason": "Faltava um ficheiro", "cut_off": "2024-12-31"}, follow=True)
    new = Report.objects.get(number=2)
    assert response.redirect_chain[-1][0] == url(new)
    assert "Corrects report 1 Faltava um ficheiro" in text_of(response)
    assert "A correction is being written: report 2" in text_of(client.get(url(frozen)))
    client.post(url(new, "freeze/"), {"checked": client.get(url(new, "freeze/")).context["checked"]})
    assert "This report was corrected by report 2" in text_of(client.get(url(frozen)))
    assert "Corrected by report 2" in text_of(client.get(BASE))


def test_a_correction_needs_a_reason(client, frozen):
    page = text_of(client.post(url(frozen, "correct/"), {"reason": " ", "cut_off": "2024-12-31"}))
    assert "Enter the reason: the funder reads it" in page
    assert Report.objects.count() == 1


def test_a_draft_is_not_corrected(client, draft):
    page = text_of(client.post(url(draft, "correct/"), {"reason": "x", "cut_off": "2024-12-31"}, follow=True))
    assert "Only a frozen report is corrected by another one" in page
    assert Report.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("pt", "Metas e realidade"), ("en", "Targets and facts")])
def test_the_csv_is_in_the_language_of_its_address(client, frozen, language, word):
    response = client.get(url(frozen, f"{language}.csv"))
    assert response.status_code == 200
    assert f'report-1-praticas-2024-2024-12-31-{language}.csv"' in response["Content-Disposition"]
    assert word in response.content.decode("utf-8-sig")


def test_a_draft_has_no_files(client, draft):
    assert client.get(url(draft, "pt.csv")).status_code == 404
    assert client.post(url(draft, "file/"), {"kind": "pdf", "language": "pt"}).status_code == 404


def test_files_are_made_once_in_the_background(client, frozen):
    first = client.post(url(frozen, "file/"), {"kind": "pdf", "language": "pt"})
    again = client.post(url(frozen, "file/"), {"kind": "pdf", "language": "pt"})
    assert (first.url, Job.objects.count()) == (again.url, 1)
    for wrong in ({"kind": "exe", "language": "pt"}, {"kind": "pdf", "language": "xx"}, {}):
        assert client.post(url(frozen, "file/"), wrong).status_code == 404


def test_who_does_not_coordinate_learns_nothing(client, frozen):
    client.force_login(make_user())
    for address in (BASE, url(frozen), url(frozen, "pt.csv"), url(frozen, "freeze/")):
        assert client.get(address).status_code == 403


def test_a_page_costs_the_same_for_one_webinar_as_for_five(client, coordinator, cycle):
    def queries(cut_off: date) -> int:
        report = services.create_report(cycle, by=coordinator, cut_off=cut_off)
        with CaptureQueriesContext(connection) as caught:
            client.get(url(report))
        return len(caught)

    assert queries(date(2024, 4, 1)) == queries(END) <= 50
