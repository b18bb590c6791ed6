"""Start a server, and read what CPU it and PostgreSQL have used."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

TICK = os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serve(application: str, port: int, env: dict, workers: int = 2):
    """Granian with ``application`` on ``port`` until the block ends; gives the process id of its parent."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "error", application], env={**os.environ, **env}, start_new_session=True
    )
    try:
        _wait(port)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)


def _wait(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(ConnectionError), contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as asked:
            asked.request("GET", "/health")
            asked.getresponse()
            return
        time.sleep(0.1)
    raise SystemExit(f"The server on port {port} did not start.")


def tree(pid: int) -> list[int]:
    """``pid`` and every process below it."""
    pids, parents = [pid], _parents()
    for found in pids:
        pids += [child for child, parent in parents.items() if parent == found]
    return pids


def _parents() -> dict[int, int]:
    return {pid: int(stat[1]) for pid, stat in _stats()}


def _stats():
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            yield int(path.parent.name), path.read_text().rpartition(") ")[2].split()


def cpu(pid: int) -> float:
    """Seconds of user and system time that the server's processes and PostgreSQL's backends have used."""
    ours = set(tree(pid)) | _postgres()
    return sum((int(s[11]) + int(s[12]) + int(s[13]) + int(s[14])) / TICK for p, s in _stats() if p in ours)


def _postgres() -> set[int]:
    """The processes that serve our database: on a machine that others use too, the rest of PostgreSQL works for them."""
    name = urlsplit(os.environ.get("DATABASE_URL", "")).path.strip("/")
    found = subprocess.run(["pgrep", "-f", f"^postgres: .* {re.escape(name)} "], capture_output=True, text=True)
    return {int(pid) for pid in found.stdout.split()}


def memory(pid: int) -> float:
    """Resident megabytes of the largest process of the server."""
    sizes = []
    for child in tree(pid):
        with contextlib.suppress(OSError):
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{child}/status").read_text())
            sizes += [int(found[1]) / 1024] if found else []
    return max(sizes)


def most_memory() -> int:
    """Megabytes that this process had at most; ``getrusage`` would count those of its parent too."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024
