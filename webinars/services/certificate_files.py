"""All certificates of a webinar in one ZIP file, made by a job."""

import zipfile

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_portal.common.templatetags.portal import thousands
from network_portal.jobs import services as jobs
from network_portal.jobs.models import Job
from network_portal.jobs.querysets import JobQuerySet
from network_portal.users.models import User
from webinars.certificates import document, logos_of
from webinars.errors import CertificateEnded, NotEntitled
from webinars.models import AttendanceRecord, Certificate, Webinar
from webinars.services.certificates import issue

ZIP = "webinars.certificates_zip"


def ask_for_zip(webinar: Webinar, *, by: User, back_url: str) -> Job:
    """The job that makes it; the one there is, as long as no certificate has changed since."""
    rows = webinar.certificates.aggregate(count=Count("pk"), last=Max("pk"), ended=Max("ended_at"))
    state = "-".join(str(value) for value in (rows["count"], rows["last"], rows["ended"] and rows["ended"].timestamp()))
    return jobs.queue(
        ZIP,
        by=by,
        title=_("Certificates: %(title)s") % {"title": webinar.title},
        parameters={"webinar": webinar.pk},
        key=f"{ZIP}:{webinar.pk}:{by.pk}:{state}",
        back_url=back_url,
    )


def of_webinars(webinars) -> JobQuerySet:
    """The work whose files hold certificates of ``webinars`` (their keys)."""
    return Job.objects.filter(kind=ZIP, parameters__webinar__in=list(webinars))


def make_zip(job: Job, progress: jobs.Progress) -> jobs.Outcome:
    """Issue what nobody asked for yet, and write one file after the other: memory stays that of one certificate.

    Whoever takes over from a worker that was killed finds the certificates issued and writes the file from its beginning.
    """
    webinar = Webinar.objects.select_related("cycle").get(pk=job.parameters["webinar"])
    records = list(webinar.attendance.attended().order_by("name", "pk"))
    logos, left_out, path = logos_of(webinar.cycle), 0, progress.new_file()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for done, record in enumerate(records):
            progress(done, len(records))
            if certificate := _certificate(record, job):
                archive.writestr(_entry(certificate), document(certificate, logos))
            else:
                left_out += 1
    count = len(records) - left_out
    if not count:
        raise NotEntitled(_("Nobody has a certificate of this webinar."))
    return jobs.Outcome(message=_message(count, left_out), file=(f"{slugify(webinar.title)[:60] or webinar.slug}.zip", path))


def _certificate(record: AttendanceRecord, job: Job) -> Certificate | None:
    """None of whom it was taken from, or who has no name any more."""
    try:
        certificate = issue(record, by=job.created_by)
    except (NotEntitled, CertificateEnded):
        return None
    return Certificate.objects.select_related("cycle", "webinar").get(pk=certificate.pk) if certificate.name else None


def _entry(certificate: Certificate) -> zipfile.ZipInfo:
    """As "rita-quaresma-K7QM-2W4P.pdf": letters, digits and hyphens, in any alphabet; the code makes it unique."""
    name = slugify(certificate.name, allow_unicode=True)[:80]
    moment = timezone.localtime(certificate.issued_at).timetuple()[:6]
    return zipfile.ZipInfo("-".join(filter(None, [name, certificate.shown_code])) + ".pdf", date_time=moment)


def _message(count: int, left_out: int) -> str:
    text = ngettext("%(count)s certificate.", "%(count)s certificates.", count) % {"count": thousands(count)}
    if not left_out:
        return text
    without = ngettext(
        "%(count)s person is left out: revoked, or without a name.",
        "%(count)s people are left out: revoked, or without a name.",
        left_out,
    )
    return f"{text} {without % {'count': left_out}}"
