"""Who delivers: beat's task, the command, and what an installation is told when nobody can."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import OperationalError

from network_portal.celery import app
from network_portal.mail import checks, tasks
from network_portal.mail.delivery import Sender
from network_portal.mail.models import OutboxMail
from tests.mail.servers import queue
from tests.processes import database_url


def test_beat_delivers_every_five_seconds(transactional_db):
    assert app.conf.beat_schedule["mail.deliver_due"]["schedule"] == 5.0
    queue(1)
    tasks.deliver_due.apply(throw=True)
    assert OutboxMail.objects.get().state == "sent"
    tasks.blank_old_bodies.apply(throw=True)
    assert OutboxMail.objects.get().text


def test_a_second_task_leaves_the_work_to_the_first(transactional_db):
    queue(1)
    with tasks.one_at_a_time:
        tasks.deliver_due.apply(throw=True)
    assert OutboxMail.objects.get().state == "queued"


def test_the_command_delivers_once(transactional_db, monkeypatch, capsys):
    monkeypatch.setattr(signal, "signal", lambda *args: None)
    queue(1)
    call_command("deliver_mail")
    assert capsys.readouterr().out == "Mails sent: 1\n"


def test_a_database_that_does_not_answer_at_the_start_does_not_end_the_loop(monkeypatch, capsys):
    handlers, answers = {}, iter([OperationalError("database is locked"), 0])
    monkeypatch.setattr(signal, "signal", lambda name, handler: handlers.setdefault(name, handler))

    def deliver_due(sender, **_limits):
        if isinstance(answer := next(answers), Exception):
            raise answer
        handlers[signal.SIGTERM]()
        return answer

    monkeypatch.setattr(Sender, "deliver_due", deliver_due)
    call_command("deliver_mail", "--loop")
    assert (capsys.readouterr().out, list(answers)) == ("Mails sent: 0\n", [])


def test_the_loop_ends_at_sigterm_with_everything_given_back(transactional_db):
    queue(1)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "network_portal.settings", "DATABASE_URL": database_url(), "DEMO": "1"}
    command = [sys.executable, "manage.py", "deliver_mail", "--loop"]
    sender = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    end = time.monotonic() + 20
    while time.monotonic() < end and OutboxMail.objects.filter(state="queued").exists():
        time.sleep(0.1)
    sender.send_signal(signal.SIGTERM)
    out, errors = sender.communicate(timeout=5)
    assert (sender.returncode, out) == (0, b"Mails sent: 1\n")
    assert b"Traceback" not in errors
    assert OutboxMail.objects.get().lease_token is None


def test_an_installation_without_a_mail_server_is_warned(settings):
    assert checks.mail_server_is_known(None) == []
    settings.DEMO = False
    assert [found.id for found in checks.mail_server_is_known(None)] == ["mail.W001"]
    settings.EMAIL_URL = "consolemail://"
    assert [found.id for found in checks.mail_server_is_known(None)] == ["mail.E001"]
    settings.EMAIL_URL, settings.MAIL_AMBIGUOUS = "smtp://mail.example.org", "perhaps"
    assert [found.id for found in checks.mail_server_is_known(None)] == ["mail.E002"]
