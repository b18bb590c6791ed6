"""Network roles: the command, the admin, and what a role opens."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from network_portal.audit.models import Entry
from network_portal.users import services, tasks
from network_portal.users.errors import LastAdministrator
from network_portal.users.models import User

ADMIN = f"/{settings.ADMIN_PATH}/"


@pytest.fixture
def administrator(db):
    return services.grant_role("adm@rede.pt", "administrator")


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def test_command_makes_the_account_and_the_role(db, capsys):
    call_command("grant_role", "Rita@Rede.pt", "coordinator")

    person = User.objects.get()
    assert (person.email, person.is_coordinator, person.is_administrator) == ("rita@rede.pt", True, False)
    assert capsys.readouterr().out == "rita@rede.pt is now coordinator.\n"
    assert list(Entry.objects.values_list("action", "about", "detail")) == [
        ("users.role_granted", f"user:{person.pk}", {"role": "coordinator"})
    ]


def test_new_accounts_have_the_language_of_the_network(db, settings):
    settings.LANGUAGE_CODE = "en"
    call_command("grant_role", "rita@rede.pt", "coordinator")
    User.objects.create_user("ana@rede.pt")
    assert set(User.objects.values_list("language", flat=True)) == {"en"}


def test_command_twice_changes_nothing(ana):
    call_command("grant_role", ana.email, "coordinator")
    call_command("grant_role", ana.email, "coordinator")

    assert Entry.objects.count() == 1


def test_command_takes_a_role_away(ana):
    call_command("grant_role", ana.email, "coordinator")
    call_command("grant_role", ana.email, "coordinator", "--revoke")

    ana.refresh_from_db()
    assert not ana.is_coordinator


@pytest.mark.parametrize(
    "arguments",
    [
        ["nobody@rede.pt", "coordinator", "--revoke"],
        ["no address", "coordinator"],
        ["ana@cm-x.pt", "king"],
    ],
)
def test_command_says_what_is_wrong(db, arguments):
    with pytest.raises(CommandError):
        call_command("grant_role", *arguments)
    assert not User.objects.exists()


def test_last_administrator_stays(administrator):
    with pytest.raises(LastAdministrator):
        services.revoke_role("adm@rede.pt", "administrator")
    with pytest.raises(LastAdministrator):
        services.set_active(administrator, False, by=administrator)
    administrator.refresh_from_db()
    assert (administrator.is_administrator, administrator.is_active) == (True, True)


def test_closed_administrator_does_not_count(administrator):
    services.grant_role("old@rede.pt", "administrator")
    User.objects.filter(email="old@rede.pt").update(is_active=False)

    with pytest.raises(LastAdministrator):
        services.revoke_role("adm@rede.pt", "administrator")


def test_one_of_two_administrators_may_go(administrator):
    services.grant_role("second@rede.pt", "administrator")

    assert not services.revoke_role("adm@rede.pt", "administrator").is_administrator


@pytest.mark.parametrize("path", ["", "login/", "users/user/", "logout/", "no-such-page/", "jsi18n/"])
@pytest.mark.parametrize("role", ["nobody", "person", "coordinator"])
def test_admin_does_not_exist_for_others(client, ana, path, role):
    if role == "coordinator":
        services.grant_role(ana.email, "coordinator")
    if role != "nobody":
        client.force_login(ana)

    assert client.get(ADMIN + path).status_code == 404


def test_admin_opens_for_administrators(admin_client, ana):
    assert admin_client.get(ADMIN).status_code == 200
    assert admin_client.get(f"{ADMIN}users/user/?q=ana").status_code == 200
    assert admin_client.get(f"{ADMIN}users/user/{ana.pk}/change/").status_code == 200
    assert admin_client.get(f"{ADMIN}users/user/add/").status_code == 403


def test_admin_grants_roles_and_keeps_the_log(admin_client, administrator, ana):
    posted = {"name": "Ana", "language": "pt", "is_coordinator": "on", "is_active": "on"}
    response = admin_client.post(f"{ADMIN}users/user/{ana.pk}/change/", posted)

    assert response.status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.is_coordinator) == ("Ana", True)
    assert Entry.objects.filter(action="users.role_granted", about=f"user:{ana.pk}", by=administrator).exists()


@pytest.mark.parametrize("posted", [{"is_active": "on"}, {"is_administrator": "on"}])
def test_admin_keeps_the_last_administrator(admin_client, administrator, posted):
    response = admin_client.post(f"{ADMIN}users/user/{administrator.pk}/change/", {"name": "Adm", "language": "pt", **posted})

    administrator.refresh_from_db()
    assert (administrator.is_administrator, administrator.is_active) == (True, True)
    assert response.context["adminform"].form.has_error("__all__", "last_administrator")


def test_admin_leaves_out_what_a_hand_could_break():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert "users" in labels
    assert labels.isdisjoint({"auth", "account"})


def test_role_removed_takes_effect_at_the_next_request(admin_client):
    services.grant_role("second@rede.pt", "administrator")
    services.revoke_role("adm@rede.pt", "administrator")

    assert admin_client.get(ADMIN).status_code == 404


def test_task_deletes_sessions_that_ran_out(client, ana):
    client.force_login(ana)
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))

    tasks.clear_sessions()

    assert not Session.objects.filter(pk="old").exists()
    assert Session.objects.count() == 1
