"""The domains that stand for a municipality: kept by coordinators, imported as suggestions."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.urls import reverse

from municipalities import services
from municipalities.domains import FOR_EVERYBODY, SHARED
from municipalities.errors import DomainNotAllowed, ImportRejected
from municipalities.models import MailDomain
from municipalities.services import domains as keeping
from network_portal.audit.models import Entry
from network_portal.mail.models import OutboxMail
from tests.factories import make_coordinator, make_municipality, make_user

pytestmark = pytest.mark.django_db
FILE = "municipalities/data/mail_domains_portugal.csv"


@pytest.fixture
def town():
    return make_municipality(name="Palmela")


def domains(town) -> list[str]:
    return list(town.mail_domains.order_by("domain").values_list("domain", flat=True))


def test_administrators_read_domains_and_change_none(client, town):
    """A domain that is edited would keep that somebody checked another one."""
    services.keep_mail_domains(town, ["cm-x.example"], by=make_coordinator())
    client.force_login(make_user(is_administrator=True))
    row = MailDomain.objects.get()
    typed = {"municipality": town.pk, "domain": "gmail.com"}
    assert client.get(reverse("admin:municipalities_maildomain_change", args=[row.pk])).status_code == 200
    for page, args in (("change", [row.pk]), ("add", []), ("delete", [row.pk])):
        assert client.post(reverse(f"admin:municipalities_maildomain_{page}", args=args), typed).status_code == 403
    assert domains(town) == ["cm-x.example"]


def test_keep_checks_what_was_only_a_suggestion(town):
    MailDomain.objects.create(municipality=town, domain="cm-x.example")
    MailDomain.objects.create(municipality=town, domain="old.example")
    by = make_coordinator()
    for _ in range(2):
        services.keep_mail_domains(town, ["cm-x.example", "@Educacao.Example", "rita@cm-x.example"], by=by)
    assert domains(town) == ["cm-x.example", "educacao.example"]
    assert set(town.mail_domains.values_list("checked_by", flat=True)) == {by.pk}
    assert not town.mail_domains.filter(checked_at=None).exists()
    assert Entry.objects.filter(action="municipality.mail_domains").count() == 1


def test_keep_none_takes_all_away_and_nobody_out(town):
    by = make_coordinator()
    services.keep_mail_domains(town, ["cm-x.example"], by=by)
    person = make_user("rita@cm-x.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    row = services.ask_affiliation(town, by=person)
    services.keep_mail_domains(town, [], by=by)
    row.refresh_from_db()
    assert (domains(town), row.state) == ([], "confirmed")


def test_who_waits_with_such_an_address_is_confirmed_and_told(town):
    people = [make_user(email) for email in ("rita@cm-x.example", "rui@cm-x.example", "ana@elsewhere.example")]
    for person in people[::2]:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    rows = [services.ask_affiliation(town, by=person) for person in people]
    services.keep_mail_domains(town, ["cm-x.example"], by=make_coordinator())
    for row in rows:
        row.refresh_from_db()
    assert [(row.state, row.proof) for row in rows] == [("confirmed", "domain"), ("asked", ""), ("asked", "")]
    assert list(OutboxMail.objects.filter(template="municipalities/confirmed").values_list("to", flat=True)) == [
        "rita@cm-x.example"
    ]


@pytest.mark.parametrize(
    "typed", ["", "palmela", "a b.pt", "-x.pt", "x..pt", "@", "cm-x.pt/\0", "x" * 130 + ".pt", "gmail.com", "SAPO.pt", "gov.pt"]
)
def test_what_proves_nothing_is_refused(town, typed):
    with pytest.raises(DomainNotAllowed):
        services.keep_mail_domains(town, ["cm-x.example", typed], by=make_coordinator())
    assert domains(town) == []


@pytest.mark.parametrize("shared", ["to.it", "bo.it", "azores.gov.pt", "diba.cat", "org.uk"])
def test_a_town_has_its_own_domain_below_what_many_share(town, shared):
    with pytest.raises(DomainNotAllowed, match="belongs to many bodies"):
        services.keep_mail_domains(town, [shared], by=make_coordinator())
    services.keep_mail_domains(town, [f"vila.{shared}"], by=make_coordinator())
    assert domains(town) == [f"vila.{shared}"]


def test_the_lists_of_what_proves_nothing_are_in_lower_case():
    assert {name for name in FOR_EVERYBODY | SHARED if name != name.lower().strip() or "." not in name} == set()


def test_a_domain_of_another_town_is_refused_by_its_name(town):
    services.keep_mail_domains(make_municipality(name="Setúbal"), ["cm-x.example"], by=make_coordinator())
    with pytest.raises(DomainNotAllowed, match="Setúbal"):
        services.keep_mail_domains(town, ["cm-x.example"], by=make_coordinator())
    assert domains(town) == []


def test_a_domain_that_another_town_gets_in_this_moment_stays_unchecked_there(town, monkeypatch):
    other = MailDomain.objects.create(municipality=make_municipality(name="Setúbal"), domain="cm-x.example")
    monkeypatch.setattr(keeping, "_check_free", lambda domains, town: None)
    with pytest.raises(DomainNotAllowed, match="Setúbal"):
        services.keep_mail_domains(town, ["cm-y.example", "cm-x.example"], by=make_coordinator())
    other.refresh_from_db()
    assert (other.checked_at, domains(town)) == (None, [])


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(client, town):
    MailDomain.objects.create(municipality=town, domain="cm-x.example")
    client.force_login(make_coordinator())
    address = reverse("municipalities:mail_domains", args=[town.slug])
    assert "Not checked with the municipality yet" in client.get(address).text
    page = client.post(address, {"domains": "cm-x.example\ngmail.com", "seen": client.get(address).context["seen"]})
    assert "Anybody can have an address at gmail.com" in page.text
    assert "cm-x.example\ngmail.com" in page.text
    assert client.post(address, {"domains": "\n".join(f"d{n}.example" for n in range(21))}).status_code == 200
    assert domains(town) == ["cm-x.example"]
    typed = {"domains": " cm-x.example ,\r\n\r\ncm-y.example;", "seen": page.context["seen"]}
    assert client.post(address, typed).status_code == 302
    assert domains(town) == ["cm-x.example", "cm-y.example"]
    assert client.post(address, typed).status_code == 302  # the same twice


def test_an_old_page_brings_no_domain_back_and_loses_nothing_typed(client, town):
    services.keep_mail_domains(town, ["cm-x.example", "cm-look-alike.example"], by=make_coordinator())
    client.force_login(make_coordinator(language="en"))
    address = reverse("municipalities:mail_domains", args=[town.slug])
    typed = {"domains": "cm-x.example\ncm-look-alike.example\ncm-y.example", "seen": client.get(address).context["seen"]}
    services.keep_mail_domains(town, ["cm-x.example"], by=make_coordinator())
    page = client.post(address, typed)
    assert "This page was changed meanwhile" in page.text
    assert typed["domains"] in page.text
    assert domains(town) == ["cm-x.example"]
    mended = {"domains": "cm-x.example\ncm-y.example", "seen": page.context["seen"]}
    assert client.post(address, mended).status_code == 302
    assert domains(town) == ["cm-x.example", "cm-y.example"]


# --- the file


def rejected(*lines: str) -> list[str]:
    with pytest.raises(ImportRejected) as caught:
        services.import_mail_domains(io.BytesIO("\n".join(lines).encode()))
    assert not MailDomain.objects.exists()
    return caught.value.errors


HEADING = "code_scheme,code,municipality,mail_domain"


def test_the_shipped_file_suggests_and_confirms_nobody(db, capsys):
    with open("municipalities/data/portugal.csv", "rb") as file:
        services.import_register(file)
    for expected in ("8 new mail domains.", "0 new mail domains."):
        call_command("import_mail_domains", FILE)
        assert capsys.readouterr().out.strip() == expected
    assert services.suggest_for_email("rita@cmmangualde.pt").name == "Mangualde"
    assert not MailDomain.objects.exclude(checked_at=None).exists()


def test_one_bad_row_stores_nothing_and_is_named(town):
    good = f"TEST,{town.code},Palmela,cm-x.example"
    assert rejected(HEADING, good, "TEST,9999,Atlantis,cm-z.example") == [
        "row 3, no municipality of the register has the code TEST 9999"
    ]
    assert rejected(HEADING, good, f"TEST,{town.code},Palmela,gmail.com")[0].startswith("row 3, Anybody can have")
    other = make_municipality()
    assert rejected(HEADING, good, f"TEST,{other.code},Outra,cm-x.example") == [
        "row 3, cm-x.example is in the file for two municipalities"
    ]
    assert rejected(HEADING) == ["The file has no rows below its heading."]
    assert rejected("code;domain") == ["These columns are missing: code_scheme, mail_domain."]
    assert rejected(HEADING, "TEST")[0].startswith("row 2, ")


def test_the_command_says_what_to_mend(db, tmp_path):
    file = tmp_path / "domains.csv"
    file.write_text(f"{HEADING}\nTEST,1,Atlantis,cm-z.example\n")
    with pytest.raises(CommandError, match=r"Nothing was changed\.\nrow 2"):
        call_command("import_mail_domains", str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_mail_domains", str(tmp_path / "none.csv"))


def test_one_suggested_domain_or_several(client, town):
    client.force_login(make_coordinator())
    address = reverse("municipalities:mail_domains", args=[town.slug])
    for domain, says in (("cm-x.example", "so far it only suggests"), ("cm-y.example", "so far they only suggest")):
        MailDomain.objects.create(municipality=town, domain=domain)
        assert says in client.get(f"/en{address.removeprefix('/en')}").text
