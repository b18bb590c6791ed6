"""In Chromium, from the list of the meeting to the certificate, and from the figures to the frozen report."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from network_portal.jobs import services as jobs
from network_portal.reports import tasks as reports
from tests.factories import make_coordinator, make_cycle, make_municipality, make_registration, make_user, make_webinar
from webinars import tasks as webinars
from webinars.models import Certificate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held():
    """A webinar of yesterday with two people who have a place; the list of the meeting names one of them and a guest."""
    start = (timezone.now() - timezone.timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    cycle = make_cycle(title="Ciclo", slug="ciclo", target_webinars=1, target_participations=2, target_municipalities=1)
    webinar = make_webinar(cycle=cycle, starts_at=start, number=1, title="Saúde à porta", slug="saude", time_zone="Europe/Lisbon")
    town = make_municipality(name="Odemira")
    for email, name in [("rita@cm-odemira.example", "Rita Quaresma"), ("rui@cm-odemira.example", "Rui Fontes")]:
        make_registration(webinar, person=make_user(email, name=name, language="en"), municipality=town)
    return webinar


def meeting_list(webinar) -> dict:
    join, leave = webinar.starts_local, webinar.ends_local
    times = f"{join:%m/%d/%Y %I:%M:%S %p},{leave:%m/%d/%Y %I:%M:%S %p},180,Yes,No"
    lines = [
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room",
        f"Rita Quaresma,RITA@cm-odemira.example,{times}",
        f"Iphone de alguém,,{times}",
    ]
    return {"name": "participants.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("utf-8-sig")}


def test_from_the_list_of_the_meeting_to_the_public_check(visit, held):
    coordinator = visit(make_coordinator(language="en"))
    page = coordinator.page
    page.goto("/en/webinars/manage/saude/attendance/")
    page.locator("input[type=file]").set_input_files(meeting_list(held))
    page.get_by_role("button", name="Read the file").click()
    expect(page).to_have_url(re.compile("/jobs/"))
    assert jobs.run_due(webinars.WORKS) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the names")
    page.get_by_role("button", name="Leave out who is not decided and use the file").click()
    expect(page).to_have_url(re.compile("/jobs/"))
    assert jobs.run_due(webinars.WORKS) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Attendance")
    page.get_by_role("link", name="Close attendance").click()
    page.get_by_role("button", name="Close attendance").click()
    expect(page.get_by_text(re.compile("Attendance was closed"))).to_be_visible()

    page.goto("/en/webinars/cycles/ciclo/figures/")
    expect(page.locator(".figure__number").nth(1)).to_contain_text("1")

    rita = visit(held.registrations.get(name="Rita Quaresma").person)
    rita.page.goto("/en/webinars/saude/")
    with rita.page.expect_download():
        rita.page.get_by_role("link", name="Download the certificate (PDF)").click()
    anybody = visit()
    anybody.page.goto(f"/en/certificates/{Certificate.objects.get().shown_code}/")
    expect(anybody.page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    rui = visit(held.registrations.get(name="Rui Fontes").person)
    rui.page.goto("/en/webinars/saude/")
    expect(rui.page.get_by_role("link", name="Download the certificate (PDF)")).to_have_count(0)
    for visitor in (coordinator, rita, anybody, rui):
        assert (visitor.complaints, visitor.elsewhere) == ([], [])


def test_a_report_is_frozen_and_its_pdf_opens(visit, held):
    visitor = visit(make_coordinator(language="en"))
    page = visitor.page
    page.goto("/en/reports/new/")
    page.get_by_label("Cycle").select_option(index=0)
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_label("Português").fill("Correu **bem**.")
    page.get_by_role("button", name="Save and check before freezing").click()
    page.get_by_role("button", name="Freeze report 1").click()
    expect(page.get_by_role("heading", name="How to check this report")).to_be_visible()
    page.get_by_role("button", name="Report as PDF (Português)").click()
    expect(page).to_have_url(re.compile("/jobs/"))
    assert jobs.run_due(reports.WORKS) == 1
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Save the file").click()
    with pikepdf.open(BytesIO(Path(waiting.value.path()).read_bytes())) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).startswith("pt")
        assert "Ciclo" in str(file.docinfo.Title)
        assert file.open_metadata()["pdfuaid:part"] == "1"
    assert (visitor.complaints, visitor.elsewhere) == ([], [])
