"""Kinds of work that do little, for the tests of the machinery."""

import zipfile

from django.utils.translation import get_language

from network_portal.common.errors import DomainError
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job


class NoSuchColumn(DomainError):
    pass


def queue(kind: str = "tests.count", **fields) -> Job:
    return jobs.queue(kind, **{"by": None, "title": "Contar presenças", **fields})


def count(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """Up to ``parameters["to"]``."""
    total = job.parameters.get("to", 3)
    for number in range(1, total + 1):
        progress(number, total)
    return jobs.Outcome(url="/webinars/", message=f"{total} ({get_language()})", result={"counted": total})


def pack(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """A ZIP with ten members, each reported."""
    path = progress.new_file()
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10):
            archive.writestr(f"{number}.txt", f"certificado {number}")
            progress(number + 1, 10)
    return jobs.Outcome(message="10", file=("certificados.zip", path))


def write(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    return jobs.Outcome(file=("Relatório de março.csv", b"a;b\r\n"))


def refuse(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    progress.new_file().write_bytes(b"half")
    raise NoSuchColumn(job.parameters.get("text", "The column with the e-mail address is missing."))


def stumble(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """Falls in its first ``parameters["times"]`` attempts."""
    if job.attempts <= job.parameters["times"]:
        progress.new_file().write_bytes(b"half")
        raise ZeroDivisionError("nobody foresaw this")
    return jobs.Outcome(message="at last")


WORKS = {
    "tests.count": count,
    "tests.pack": pack,
    "tests.write": write,
    "tests.refuse": refuse,
    "tests.stumble": stumble,
}
