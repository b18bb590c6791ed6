"""Drafts, their text, freezing, corrections: every way out of the services."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.reports import building, services
from network_portal.reports.content import canonical, digest, digest_of_rows
from network_portal.reports.errors import ChangedMeanwhile, CutOffNotAllowed, ReportIsFrozen, ReportNotFrozen
from network_portal.reports.models import Report
from tests.factories import make_coordinator, make_cycle, make_webinar
from tests.reports.cycles import END, make_frozen, make_full_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_coordinator("carla@example.org")


@pytest.fixture
def cycle():
    return make_cycle(starts_on=date(2024, 1, 1), ends_on=END)


def checked(report: Report) -> str:
    return digest(canonical(building.build(report)))


def test_a_draft_has_the_next_number(by, cycle):
    first = services.create_report(cycle, by=by, cut_off=END)
    second = services.create_report(cycle, by=by, cut_off=END)
    assert [(r.number, r.state, r.content) for r in (first, second)] == [(1, "draft", ""), (2, "draft", "")]
    assert Entry.objects.filter(about=first.mail_subject, action="report.created", by=by).count() == 1


def test_a_key_gives_one_draft(by, cycle):
    first = services.create_report(cycle, by=by, cut_off=END, key="monthly:1:2024-12")
    assert services.create_report(cycle, by=by, cut_off=END, key="monthly:1:2024-12") == first
    assert cycle.reports.count() == 1


def test_a_day_to_come_is_refused_today_is_not(by, cycle):
    today = timezone.localdate()
    with pytest.raises(CutOffNotAllowed, match="hoje"):
        services.create_report(cycle, by=by, cut_off=today + timedelta(days=1))
    assert services.create_report(cycle, by=by, cut_off=today).cut_off == today


def test_a_day_before_the_first_webinar_is_refused_and_says_which_day_is_not(by, cycle):
    first = make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(days=5))
    make_webinar(cycle=cycle, starts_at=timezone.now() - timedelta(days=9), state="draft")  # does not count
    day = first.starts_local.date()
    with pytest.raises(CutOffNotAllowed, match=str(day.year)):
        services.create_report(cycle, by=by, cut_off=day - timedelta(days=1))
    services.create_report(cycle, by=by, cut_off=day)


def test_a_cycle_without_webinars_gives_a_report_of_zeros(by, cycle):
    report = make_frozen(cycle, by=by)
    assert {figure["code"]: figure["value"] for figure in report.frozen["figures"]} == {
        "webinars": 0, "participations": 0, "municipalities": 0, "recordings": 0, "people": 0,
    }  # fmt: skip
    assert {figure["rows_sha256"] for figure in report.frozen["figures"]} == {digest_of_rows([])}


def test_the_text_is_saved_once_with_a_note(by, cycle):
    report = services.create_report(cycle, by=by, cut_off=END)
    saved = services.save_text(report, by=by, seen=report.changed_at.isoformat(), text={"pt": "Olá"})
    again = services.save_text(saved, by=by, seen="whatever", text={"pt": "Olá"})
    assert (saved.text, saved.changed_by, again.changed_at) == ({"pt": "Olá"}, by, saved.changed_at)
    assert Entry.objects.filter(action="report.written").count() == 1


def test_who_saves_second_overwrites_nothing(by, cycle):
    report = services.create_report(cycle, by=by, cut_off=END)
    seen = report.changed_at.isoformat()
    services.save_text(report, by=by, seen=seen, text={"pt": "primeiro"})
    with pytest.raises(ChangedMeanwhile):
        services.save_text(report, by=by, seen=seen, text={"pt": "segundo"})
    report.refresh_from_db()
    assert report.text == {"pt": "primeiro"}


def test_frozen_content_is_canonical_and_hashed(by):
    report = make_frozen(make_full_cycle(), by=by)
    assert report.is_frozen
    assert report.frozen_by == by
    assert (digest(report.content), canonical(report.frozen)) == (report.content_sha256, report.content)
    figures = {figure["code"]: (figure["value"], figure["target"]) for figure in report.frozen["figures"]}
    assert figures == {"webinars": (5, 5), "participations": (250, 250), "municipalities": (30, 25), "recordings": (5, 5),
                       "people": (90, None)}  # fmt: skip
    entry = Entry.objects.get(about=report.mail_subject, action="report.frozen")
    assert entry.detail["sha256"] == report.content_sha256


def test_every_figure_says_what_it_counts_in_each_language_and_from_which_rows(by):
    report = make_frozen(make_full_cycle(), by=by)
    for figure in report.frozen["figures"]:
        assert set(figure["definition"]) == {"pt", "en"}
        assert len(figure["rows_sha256"]) == 64
    rows = {figure["code"]: figure["rows"] for figure in report.frozen["figures"]}
    assert (rows["webinars"], rows["municipalities"], rows["recordings"], rows["people"]) == (5, 30, 5, 90)


def test_evidence_is_frozen(by):
    report = make_frozen(make_full_cycle(), by=by)
    tables = {table["code"]: table["rows"] for table in report.frozen["tables"]}
    assert tables["files"][0][:3] == [1, "participants-1.csv", 54]
    assert len(tables["files"][0][4]) == 64
    assert tables["videos"][4][2:] == ["https://www.youtube.com/watch?v=webinar-005", "2024-11-28"]
    assert tables["closed"][0][3] == "2024-03-23T10:00+00:00"
    assert report.frozen["portal"]["version"]


def test_nobodys_name_is_in_the_content(by):
    content = make_frozen(make_full_cycle(), by=by).content
    assert "Pessoa 1" not in content
    assert "example.org" not in content
    assert "cm-x.example" not in content


def test_freezing_what_changed_since_it_was_looked_at_is_refused(by):
    cycle = make_full_cycle()
    report = services.create_report(cycle, by=by, cut_off=END)
    seen = checked(report)
    cycle.webinars.get(number=1).recording.delete()
    with pytest.raises(ChangedMeanwhile):
        services.freeze(report, by=by, checked=seen)
    report.refresh_from_db()
    assert not report.is_frozen


DEEDS = {
    "text": lambda report, by: services.save_text(report, by=by, seen=report.changed_at.isoformat(), text={"pt": "outro"}),
    "freeze": lambda report, by: services.freeze(report, by=by, checked=checked(report)),
    "discard": lambda report, by: services.discard(report, by=by),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_frozen_report_never_changes(by, cycle, deed):
    report = make_frozen(cycle, by=by)
    before = Report.objects.filter(pk=report.pk).values().get()
    with pytest.raises(ReportIsFrozen):
        DEEDS[deed](report, by)
    assert Report.objects.filter(pk=report.pk).values().get() == before


def test_a_draft_is_discarded_with_a_note(by, cycle):
    report = services.create_report(cycle, by=by, cut_off=END)
    services.discard(report, by=by)
    assert not Report.objects.exists()
    assert Entry.objects.filter(action="report.discarded", about=report.mail_subject).count() == 1


def test_a_correction_names_the_old_report_and_why(by, cycle):
    old = make_frozen(cycle, by=by, text={"pt": "Texto"})
    new = services.create_report(cycle, by=by, cut_off=END, corrects=old, reason="Faltava um ficheiro")
    assert (new.corrects, new.text, new.number) == (old, {"pt": "Texto"}, 2)
    new = services.freeze(new, by=by, checked=checked(new))
    assert new.frozen["report"]["corrects"] == {"uuid": str(old.uuid), "number": 1}
    assert new.frozen["report"]["reason"] == "Faltava um ficheiro"


def test_a_draft_is_not_corrected_by_another(by, cycle):
    draft = services.create_report(cycle, by=by, cut_off=END)
    with pytest.raises(ReportNotFrozen):
        services.create_report(cycle, by=by, cut_off=END, corrects=draft, reason="x")


@pytest.mark.parametrize(
    "fields", [{"state": "frozen"}, {"content": "{}"}, {"reason": "x"}, {"content_sha256": "0" * 64}], ids=str
)
def test_the_database_holds_what_a_report_is(by, cycle, fields):
    report = services.create_report(cycle, by=by, cut_off=END)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**fields)
