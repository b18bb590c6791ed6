"""How a page is measured: beside the floor that does the same query, in the same run, on the same database."""

import http.client
import os
import re
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import bench.portal
from bench import servers
from bench.report import Report, spread

PORT, FLOOR_PORT, ROUNDS, SECONDS, CONNECTIONS = 8191, 8192, 3, 4, 8
HOST = {"host": "127.0.0.1"}


@dataclass(frozen=True)
class Page:
    """Addresses of one kind of page, asked for in turn; ``floors`` are those of the bare application by a name."""

    name: str
    addresses: list[str]
    floors: dict[str, list[str]]


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def portal_and_floor(with_floor: bool = True):
    """Both servers, until the block ends; None for the floor when it is not wanted."""
    with ExitStack() as stack:
        ours = stack.enter_context(servers.serve("network_portal.wsgi:application", PORT, bench.portal.ENV))
        floor = with_floor and stack.enter_context(servers.serve("bench.floor:application", FLOOR_PORT, bench.portal.ENV))
        yield Server(PORT, ours), Server(FLOOR_PORT, floor) if with_floor else None


def measure(report: Report, page: Page, ours: Server, floor: Server | None) -> None:
    """SQL and bytes of one answer, CPU milliseconds of each beside the floors in turn, and how long one alone waits."""
    sql, size = statements(page.addresses)
    figures = {"sql": sql, "bytes": size} | waits(ours, page.addresses)
    if floor:
        sides = {"ours": (ours, page.addresses)}
        sides |= {name: (floor, [_padded(path, size) for path in paths]) for name, paths in page.floors.items()}
        # each process has read what it keeps; a floor that answers nothing in the time (100,000 practices) is left out
        sides = {name: side for name, side in sides.items() if load(*side)}
        times = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, (server, paths) in sides.items():
                times[name].append(load(server, paths))
        figures |= {f"{name}_cpu_ms": spread(values) for name, values in times.items()}
        middle = {name: statistics.median(values) for name, values in times.items()}
        figures |= {f"ratio_to_{name}": round(middle["ours"] / middle[name], 2) for name in sides if name != "ours"}
    report.add(page.name, figures)


def _padded(path: str, size: int) -> str:
    return f"{path}{'&' if '?' in path else '?'}bytes={size}"


def statements(addresses: list[str]) -> tuple[int, int]:
    """The most SQL statements of an answer of a process that is warm, and the bytes of the middle one."""
    client, counts, sizes = Client(headers=HOST), [], []
    client.get(addresses[0])
    for address in addresses[:40]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        counts.append(len(queries))
        sizes.append(len(answer.content))
    connection.close()
    return max(counts), int(statistics.median(sizes))


def load(server: Server, addresses: list[str]) -> float:
    """wrk with 8 connections: milliseconds of CPU per request, of the web processes and of PostgreSQL; 0 when none answered."""
    url = f"http://127.0.0.1:{server.port}"
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(addresses) + "\n")
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS}s",
            "--timeout",
            "30s",
            "-s",
            str(Path(__file__).parent / "addresses.lua"),
            url,
        ]
        before = servers.cpu(server.pid)
        out = subprocess.run(command, env={**os.environ, "ADDRESSES": file.name}, capture_output=True, text=True, check=True)
        used = servers.cpu(server.pid) - before
    if failed := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", out.stdout):
        raise SystemExit(f"{addresses[0]}: {failed[0]}")
    answered = int(re.search(r"(\d+) requests in", out.stdout)[1])
    return 1000 * used / answered if answered else 0.0


def waits(server: Server, addresses: list[str], least: int = 300) -> dict[str, float]:
    """How many milliseconds one client waits for an answer after a warm-up, median and p95: of all, and (``first``) of those that
    were asked for the first time, for which a process remembers nothing."""
    taken = []
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as client:
        for place in range(max(least, len(addresses)) + 20):
            begun = time.perf_counter()
            client.request("GET", addresses[place % len(addresses)])
            answer = client.getresponse()
            answer.read()
            assert answer.status == 200, (addresses[place % len(addresses)], answer.status)
            taken.append(1000 * (time.perf_counter() - begun))
    all_of_them, first = sorted(taken[20:]), sorted(taken[20 : len(addresses)])
    figures = {"wait_median_ms": statistics.median(all_of_them), "wait_p95_ms": _p95(all_of_them)}
    figures |= {"first_median_ms": statistics.median(first), "first_p95_ms": _p95(first)} if len(first) > 20 else {}
    return {name: round(value, 1) for name, value in figures.items()}


def _p95(ascending: list[float]) -> float:
    return ascending[int(0.95 * len(ascending))]
