"""Whom a file names: matched by address, suggested by name, never taken by name alone; what a person decides."""

import pytest

from network_portal.jobs.models import Job
from network_portal.users.models import User
from tests.factories import make_coordinator, make_municipality, make_registration, make_term, make_user
from tests.webinars.attending import attended, make_held, uploaded, work, zoom
from tests.webinars.registering import text_of
from webinars.errors import AlreadyCounted, AttendanceFileRefused, NamesOpen
from webinars.models import AttendanceLine
from webinars.services import attendance, cancel_registration

pytestmark = pytest.mark.django_db
REASON = "Seen on the screen"


@pytest.fixture
def coordinator(client):
    coordinator = make_coordinator("coordination@network.example", language="en")
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def webinar():
    return make_held(slug="care")


def registered(webinar, name: str, email: str = "", **fields):
    return make_registration(webinar, name=name, person=make_user(email, name=name), **fields)


def lines_of(file) -> dict[str, tuple]:
    return {line.name: (line.match, line.decision, line.registration_id) for line in file.lines.all()}


def address(file, part: str = "") -> str:
    return f"/en/webinars/manage/attendance/files/{file.uuid}/{part}"


def test_an_address_is_taken_a_name_only_suggested(coordinator, webinar):
    ana, joao = registered(webinar, "Ana Sá", "ana@cm-a.example"), registered(webinar, "João Silva")
    people = [("A. Sá", "ANA@CM-A.example", 0, 110), ("Silva, Joao (Guest)", "", 0, 110), ("iPad", "", 0, 110)]
    file = uploaded(webinar, zoom(webinar, *people), by=coordinator)
    assert lines_of(file) == {
        "A. Sá": ("mail", "take", ana.pk),
        "Silva, Joao": ("name", "open", joao.pk),
        "iPad": ("none", "open", None),
    }
    assert not webinar.attendance.exists()  # nothing happens before a person says so


def test_namesakes_are_both_offered_and_none_is_chosen(client, coordinator, webinar):
    rows = [registered(webinar, "Maria Santos", f"maria{n}@cm-{n}.example") for n in (1, 2)]
    file = uploaded(webinar, zoom(webinar, ("Maria Santos", "", 0, 110)), by=coordinator)
    line = file.lines.get()
    assert (line.match, line.decision, line.registration) == ("name", "open", None)
    page = text_of(client.get(address(file)))
    assert "2 people with a place have this name." in page
    assert all(f'value="take-{row.pk}"' in page and row.person.email in page for row in rows)
    assert page.count(" checked") == 1  # "Decide later"
    client.post(address(file), {f"line-{line.pk}": f"take-{rows[1].pk}"})
    line.refresh_from_db()
    assert (line.decision, line.registration) == ("take", rows[1])


@pytest.mark.parametrize(("status", "words"), [("waiting", "on the waiting list"), ("cancelled", "was cancelled")])
def test_who_had_no_place_is_named_and_not_matched(client, coordinator, webinar, status, words):
    row = registered(webinar, "Eva Luz", "eva@cm-a.example", status=status)
    file = uploaded(webinar, zoom(webinar, ("Eva Luz", "eva@cm-a.example", 0, 110)), by=coordinator)
    assert lines_of(file) == {"Eva Luz": ("none", "open", row.pk)}
    assert words in text_of(client.get(address(file)))
    page = text_of(client.get(f"/en/webinars/manage/attendance/lines/{file.lines.get().pk}/"))
    assert row.municipality.name in page  # what the registration said is offered


def test_two_addresses_of_one_name_are_two_people(coordinator, webinar):
    first, second = (registered(webinar, "Rui Sá", f"rui{n}@cm-a.example") for n in (1, 2))
    people = [("Rui Sá", "rui1@cm-a.example", 0, 110), ("Rui Sá", "rui2@cm-a.example", 0, 60)]
    file = uploaded(webinar, zoom(webinar, *people), by=coordinator)
    assert {line.registration for line in file.lines.all()} == {first, second}


# --- what is decided


def test_apply_is_refused_while_names_are_open(client, coordinator, webinar):
    registered(webinar, "João Silva")
    people = [("João Silva", "", 0, 110), ("iPad", "", 0, 110), ("Sala 2", "", 0, 110)]
    file = uploaded(webinar, zoom(webinar, *people), by=coordinator)
    response = client.post(address(file, "apply/"), follow=True)
    assert "3 names are still to decide." in text_of(response)
    with pytest.raises(NamesOpen):
        attendance.ask_to_apply(file, by=coordinator)
    assert not Job.objects.filter(kind="webinars.attendance_apply").exists()
    client.post(address(file, "leave-out/"))
    assert lines_of(file)["João Silva"][1] == "open"  # like somebody: not left out with the strangers
    client.post(address(file, "apply/"), {"others": "leave"})
    work()
    file.refresh_from_db()
    assert (file.state, attended(webinar)) == ("applied", {})


def test_what_is_ticked_counts_although_only_the_file_is_used(client, coordinator, webinar):
    joao = registered(webinar, "João Silva")
    people = [("João Silva", "", 0, 110), ("iPad", "", 0, 110), ("Sala 2", "", 0, 110)]
    file = uploaded(webinar, zoom(webinar, *people), by=coordinator)
    page = text_of(client.get(address(file)))
    assert 'id="names"' in page
    assert page.count('form="names"') == 3  # the buttons of the file and of the strangers send the names with them
    assert page.index('form="names" hidden') < page.index('form="names" formaction')  # Enter keeps, it does not use the file
    lines = {line.name: line for line in file.lines.all()}
    ticked = {f"line-{lines['João Silva'].pk}": f"take-{joao.pk}", f"line-{lines['iPad'].pk}": "open"}
    client.post(address(file, "leave-out/"), ticked)
    assert {name: line[1] for name, line in lines_of(file).items()} == {"João Silva": "take", "iPad": "leave", "Sala 2": "leave"}
    client.post(address(file, "apply/"), {f"line-{lines['João Silva'].pk}": "open", "others": "leave"})
    work()
    assert attended(webinar) == {}  # unticked again, and left out


def test_somebody_is_added_with_town_role_and_reason(client, coordinator, webinar):
    town = make_municipality(name="Vila Nova de Gaia")
    file = uploaded(webinar, zoom(webinar, ("Eva L.", "eva@cm-gaia.example", 0, 110)), by=coordinator)
    page = f"/en/webinars/manage/attendance/lines/{file.lines.get().pk}/"
    typed = {"name": "Eva Luz", "role": make_term("role").pk, "municipality": "Vila Nova Gaia"}
    answer = text_of(client.post(page, typed))
    assert "Enter the reason" in answer
    assert "Did you mean Vila Nova de Gaia?" in answer  # never guessed
    client.post(page, typed | {"municipality": town.name, "reason": REASON})
    client.post(address(file, "apply/"))
    work()
    record = webinar.attendance.get()
    assert (record.name, record.municipality, record.reason, record.attended) == ("Eva Luz", town, REASON, True)
    assert record.person == User.objects.get(email="eva@cm-gaia.example")


def test_somebody_without_address_is_added_without_account(coordinator, webinar):
    file = uploaded(webinar, zoom(webinar, ("Eva Luz", "", 0, 110)), by=coordinator)
    about = {"name": "Eva Luz", "role": make_term("role"), "reason": REASON, "organisation": "Associação"}
    people = User.objects.count()
    attendance.add_line(file.lines.get(), by=coordinator, **about)
    attendance.ask_to_apply(file, by=coordinator)
    work()
    record = webinar.attendance.get()
    assert (record.person, record.organisation, User.objects.count()) == (None, "Associação", people)


def test_an_address_that_the_file_has_not_can_be_given(client, coordinator, webinar):
    """With it there is an account, and with the account a certificate."""
    town = make_municipality(name="Odemira")
    registered(webinar, "Ana Sá", "ana@cm-odemira.example")
    file = uploaded(webinar, zoom(webinar, ("iPhone", "", 0, 110)), by=coordinator)
    line = file.lines.get()
    page = f"/en/webinars/manage/attendance/lines/{line.pk}/"
    typed = {"name": "Eva Luz", "role": make_term("role").pk, "municipality": "Odemira", "reason": REASON}
    assert 'name="email"' in client.get(page).text
    assert "is registered for this webinar" in text_of(client.post(page, typed | {"email": "ana@cm-odemira.example"}))
    client.post(page, typed | {"email": "EVA@cm-odemira.example"})
    assert 'value="eva@cm-odemira.example"' in client.get(page).text
    attendance.leave_line(line, by=coordinator)
    assert file.lines.get().email == ""  # nothing is kept of who does not count
    client.post(page, typed | {"email": "eva@cm-odemira.example"})
    client.post(address(file, "apply/"))
    work()
    record = webinar.attendance.get()
    assert (record.person.email, record.municipality, record.attended) == ("eva@cm-odemira.example", town, True)


def test_an_address_of_the_file_is_not_asked_for(client, coordinator, webinar):
    file = uploaded(webinar, zoom(webinar, ("Eva L.", "eva@cm-a.example", 0, 110)), by=coordinator)
    page = f"/en/webinars/manage/attendance/lines/{file.lines.get().pk}/"
    assert 'name="email"' not in client.get(page).text
    typed = {"name": "Eva", "role": make_term("role").pk, "no_municipality": "on", "organisation": "A", "reason": REASON}
    client.post(page, typed | {"email": "other@cm-a.example"})
    assert (file.lines.get().decision, file.lines.get().email) == ("add", "eva@cm-a.example")


def test_a_name_of_a_device_is_said_to_be_somebody_registered(client, coordinator, webinar):
    ana = registered(webinar, "Ana Sá")
    file = uploaded(webinar, zoom(webinar, ("iPad", "", 0, 110)), by=coordinator)
    page = f"/en/webinars/manage/attendance/lines/{file.lines.get().pk}/"
    assert "Choose the registered person" in text_of(client.post(page, {"take": "1"}))
    client.post(page, {"take": "1", "registration": ana.pk})
    client.post(address(file, "apply/"))
    work()
    assert attended(webinar) == {"Ana Sá": 110}


def test_who_is_registered_is_not_added_besides(coordinator, webinar):
    file = uploaded(webinar, zoom(webinar, ("Eva Luz", "eva@cm-a.example", 0, 110)), by=coordinator)
    registered(webinar, "Eva Luz", "eva@cm-a.example")
    about = {"name": "Eva Luz", "role": make_term("role"), "reason": REASON, "organisation": "Associação"}
    with pytest.raises(AlreadyCounted):
        attendance.add_line(file.lines.get(), by=coordinator, **about)


@pytest.mark.parametrize("answer", ["take-999999999999999999999", "take-0", "take-", "nonsense", "take-'", "open\0"])
def test_answers_that_make_no_sense_decide_nothing(client, coordinator, webinar, answer):
    registered(webinar, "João Silva")
    file = uploaded(webinar, zoom(webinar, ("João Silva", "", 0, 110)), by=coordinator)
    client.post(address(file), {f"line-{file.lines.get().pk}": answer, "line-x": "leave", "other": "leave"})
    assert file.lines.get().decision == "open"


def test_nobody_of_another_webinar_can_be_chosen(coordinator, webinar):
    stranger = make_registration(make_held(), name="João Silva")
    file = uploaded(webinar, zoom(webinar, ("João Silva", "", 0, 110)), by=coordinator)
    line = file.lines.get()
    with pytest.raises(AttendanceFileRefused):
        attendance.decide(file, takes={line.pk: stranger.pk}, leaves=set(), opens=set(), by=coordinator)
    with pytest.raises(AttendanceFileRefused):
        attendance.take_line(line, registration=stranger, by=coordinator)


def test_a_line_of_another_file_is_not_decided_here(coordinator, webinar):
    files = [uploaded(webinar, zoom(webinar, ("iPad", "", 0, n)), by=coordinator) for n in (50, 60)]
    attendance.decide(files[0], takes={}, leaves={files[1].lines.get().pk}, opens=set(), by=coordinator)
    assert files[1].lines.get().decision == "open"


def test_whose_registration_was_removed_meanwhile_is_open_again(client, coordinator, webinar):
    ana = registered(webinar, "Ana Sá", "ana@cm-a.example")
    file = uploaded(webinar, zoom(webinar, ("Ana Sá", "ana@cm-a.example", 0, 110)), by=coordinator)
    cancel_registration(ana, by=coordinator)
    response = client.post(address(file, "apply/"), follow=True)
    assert "1 name is still to decide." in text_of(response)
    assert "was cancelled" in text_of(response)
    assert not webinar.attendance.exists()


def test_twenty_thousand_names_page_by_page(client, coordinator, webinar, django_assert_max_num_queries):
    file = uploaded(webinar, zoom(webinar, ("iPad", "", 0, 110)), by=coordinator)
    stay = {"file": file, "minutes": 5, "match": "none", "decision": "open"}
    AttendanceLine.objects.bulk_create(AttendanceLine(identity=f"name:{n}", name=f"N{n:05}", **stay) for n in range(19_999))
    with django_assert_max_num_queries(8):
        response = client.get(address(file))
    assert (len(response.context["page_obj"]), response.context["page_obj"].paginator.num_pages) == (100, 200)
    client.post(address(file, "leave-out/"))
    assert file.lines.filter(decision="leave").count() == 20_000
