"""``make run``: web, worker and beat as one thing that starts and stops together."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from network_portal.common.translations import compile_catalogues
from network_portal.demo.data.sign_ins import SIGN_INS

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
GRACE = 4.5  # seconds from the request to stop until what still runs is killed
START_LIMIT = 60  # seconds for the first answer


class Stop(Exception):
    """The end of the run; ``status`` is what the shell gets, the text (if any) is shown."""

    def __init__(self, text: str = "", status: int = 0):
        super().__init__(text)
        self.status = status


class Processes:
    """Children, each in a process group of its own so that a Ctrl-C reaches only the launcher."""

    def __init__(self):
        self.running: dict[str, subprocess.Popen] = {}
        self.parent = parent_state()
        self.is_asked_to_stop = False

    def ask_to_stop(self, number, frame) -> None:
        """Handler of signals: only a flag, so that no child is lost between its start and its entry in ``running``."""
        self.is_asked_to_stop = True

    def pause(self, seconds: float) -> None:
        """Sleep; then end the run if a signal came, to this process or to its parent (make), or if the parent is gone."""
        time.sleep(seconds)
        if self.is_asked_to_stop or parent_state() != self.parent:
            raise Stop

    def start(self, name: str, *command: str, log: bool = True) -> subprocess.Popen:
        """Run ``python -m command``; with ``log`` its output goes to ``var/log/<name>.log``."""
        output = open(VAR / "log" / f"{name}.log", "wb") if log else None  # noqa: SIM115 (the child keeps it)
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, stdin=subprocess.DEVNULL,
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        if output:
            output.close()
        return self.running[name]

    def finish(self, name: str) -> None:
        """Wait for a child that ends by itself."""
        child = self.running[name]
        while child.poll() is None:
            self.pause(0.05)
        del self.running[name]
        if child.returncode:
            raise Stop(f"The portal did not start: {name} ended with an error.", status=1)

    def watch(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                raise Stop(f"The {name} process ended by itself. See var/log/{name}.log.", status=1)

    def stop(self) -> None:
        """Ask all to end; kill every group that still has a process when the grace is over."""
        deadline = time.monotonic() + GRACE
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        while time.monotonic() < deadline and any(c.poll() is None for c in self.running.values()):
            time.sleep(0.05)
        for child in self.running.values():
            # the group is empty: all ended in time; or its number is already somebody else's
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def parent_state() -> tuple[int, bool]:
    """The parent's id and whether it still catches SIGINT.

    A ``make`` that is interrupted alone tells its child nothing: it puts SIGINT back to its default and waits.
    """
    parent = os.getppid()
    try:
        status = Path(f"/proc/{parent}/status").read_text()
    except OSError:
        return parent, False  # no such file system: only the parent's end is seen
    caught = int(status.split("SigCgt:")[1].split()[0], 16)
    return parent, bool(caught >> (signal.SIGINT - 1) & 1)


def main() -> int:
    port = os.environ.get("PORT") or "8000"
    processes = Processes()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, processes.ask_to_stop)
    try:
        check_port(port)
        prepare(port)
        run(processes, port)
    except Stop as stop:
        processes.stop()
        if str(stop):
            print(stop, file=sys.stderr)
        return stop.status
    return 0


def check_port(port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Stop(f"PORT={port} is not a port number. Choose one from 1024 to 65535.", status=2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            raise Stop(f"Port {port} is taken. Choose another one: make run PORT={int(port) + 1}", status=1) from None


def prepare(port: str) -> None:
    """Settings of a demonstration on this machine, folders, translations, an empty queue."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    # tasks are derived from the database: what a stopped run left behind is not needed
    for name in ("queue", "queue-control"):
        shutil.rmtree(VAR / name, ignore_errors=True)
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    compile_catalogues()


def run(processes: Processes, port: str) -> None:
    """Set up, start the web, say so, start the rest, and watch until a signal comes."""
    processes.start("setup", "django", "setup_portal", log=False)
    processes.finish("setup")
    processes.start(
        "web", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "network_portal.wsgi:application",
    )  # fmt: skip
    wait_for_answer(processes, port)
    print(welcome(port), flush=True)
    celery = ("celery", "--app", "network_portal")
    processes.start("worker", *celery, "worker", "--pool", "threads", "--concurrency", "4", "--loglevel", "warning",
                    "--without-gossip", "--without-mingle", "--without-heartbeat")  # fmt: skip
    processes.start("beat", *celery, "beat", "--schedule", str(VAR / "beat-schedule"), "--pidfile", "", "--loglevel", "warning")
    while True:
        processes.watch()
        processes.pause(0.2)


def wait_for_answer(processes: Processes, port: str) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        processes.watch()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return
        except urllib.error.HTTPError as error:
            raise Stop(f"The portal answers with error {error.code}. See var/log/web.log.", status=1) from None
        except OSError:
            processes.pause(0.05)
    raise Stop("The portal did not answer within a minute. See var/log/web.log.", status=1)


def welcome(port: str) -> str:
    address = f"http://localhost:{port}/"
    people = "\n".join(f"    {email:<30} {role}" for email, role in SIGN_INS)
    return (
        f"\n  The portal runs at {address}\n\n"
        f"  Sign in with one of these addresses; the code arrives in the mailbox of the demonstration:\n{people}\n\n"
        f"  Mails:  {address}demo/mail/\n"
        "  Logs:   var/log/\n"
        "  Stop:   Ctrl-C\n"
    )


if __name__ == "__main__":
    sys.exit(main())
