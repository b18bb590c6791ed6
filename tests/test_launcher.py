"""``make run``: starts everything, says how to use it, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from network_portal import launcher
from tests.architecture.source import ROOT, tracked

TIMEIT = ("timeit", "-n", "1", "-r", "1")  # a module that runs what it is given


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_in(folder: Path) -> list[str]:
    """Command lines of the processes that work in ``folder``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder:
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def copy_of_the_project(folder: Path) -> Path:
    for path in tracked():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder.resolve()


def environment(port: int, **more: str) -> dict:
    kept = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "REDIS_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "PORT": str(port), "PYTHONUNBUFFERED": "1", **more}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_portal_starts_and_stops_as_one(tmp_path, number):
    project, port = copy_of_the_project(tmp_path), free_port()
    command = [sys.executable, "-m", "network_portal.launcher"]
    run = subprocess.Popen(
        command, cwd=project, env=environment(port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    while "Ctrl-C" not in "".join(lines[-1:]):
        lines.append(run.stdout.readline())
        assert lines[-1], "".join(lines)
    answer = urllib.request.urlopen(f"http://localhost:{port}/", timeout=10)
    time.sleep(1)  # worker and beat are under way
    running = processes_in(project)
    began = time.monotonic()
    run.send_signal(number)
    rest = run.communicate(timeout=10)[0]
    assert time.monotonic() - began < 5
    assert (answer.status, run.returncode, processes_in(project)) == (200, 0, [])
    assert {name: any(name in line for line in running) for name in ("granian", " worker ", " beat ")} == {
        "granian": True, " worker ": True, " beat ": True}  # fmt: skip
    said = "".join(lines)
    assert all(word in said for word in (f"http://localhost:{port}/", "coordinator", "administrator", "staff", "/demo/mail/"))
    assert "Traceback" not in said + rest
    assert not [log.name for log in (project / "var/log").iterdir() if "Traceback" in log.read_text()]


def test_a_taken_port_is_said_in_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "network_portal.launcher"]
        result = subprocess.run(command, cwd=ROOT, env=environment(port), capture_output=True, text=True, timeout=30)
    assert result.returncode == 1
    assert result.stderr == f"Port {port} is taken. Choose another one: make run PORT={port + 1}\n"


@pytest.mark.parametrize("port", ["", "abc", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(launcher.Stop, match="is not a port number"):
        launcher.check_port(port)


def test_a_process_that_does_not_listen_is_killed_in_time(monkeypatch):
    monkeypatch.setattr(launcher, "GRACE", 1.5)
    processes = launcher.Processes()
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    child = processes.start("deaf", *TIMEIT, "-s", deaf, "import time; time.sleep(60)", log=False)
    time.sleep(0.5)
    began = time.monotonic()
    processes.stop()
    assert time.monotonic() - began < 2.5
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("error", [ProcessLookupError, PermissionError])
def test_a_group_that_is_gone_does_not_keep_the_others_alive(monkeypatch, error):
    monkeypatch.setattr(launcher, "GRACE", 0.2)
    processes = launcher.Processes()
    short = processes.start("short", *TIMEIT, "pass", log=False)
    short.wait()
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    other = processes.start("deaf", *TIMEIT, "-s", deaf, "import time; time.sleep(60)", log=False)
    time.sleep(0.5)
    kill = os.killpg

    def killpg(group, number):
        if group == short.pid:
            raise error
        kill(group, number)

    monkeypatch.setattr(os, "killpg", killpg)
    processes.stop()
    assert (short.returncode, other.returncode) == (0, -signal.SIGKILL)


def test_a_process_that_ends_by_itself_ends_the_run():
    processes = launcher.Processes()
    child = processes.start("short", *TIMEIT, "pass", log=False)
    child.wait()
    with pytest.raises(launcher.Stop, match="short process ended by itself"):
        processes.watch()


def test_a_vanished_parent_ends_the_run(monkeypatch):
    processes = launcher.Processes()
    monkeypatch.setattr(launcher, "parent_state", lambda: (1, False))
    with pytest.raises(launcher.Stop):
        processes.pause(0)
