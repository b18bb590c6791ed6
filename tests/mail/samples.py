"""What queues each mail in tests: template → ``sample(language)``. A new mail is added here."""

from datetime import timedelta

from django.utils import timezone

from goodpractices import services as practices
from goodpractices.models import Practice
from grants import emails as call_emails
from grants import services as calls
from municipalities import services as towns
from municipalities.models import Membership
from network_portal.jobs import services as jobs
from network_portal.jobs.emails import queue_finished
from network_portal.mail import outbox
from network_portal.mail.models import OutboxMail
from network_portal.reports import digest
from network_portal.reports import emails as report_emails
from network_portal.reports import services as reports
from network_portal.users.models import User
from tests import factories
from tests.goodpractices.reviews import Town
from tests.grants.calls import make_call
from webinars import after_emails, emails
from webinars.models import Recording, ReminderRule
from webinars.services import reach
from webinars.services.presented import start_practice
from webinars.stats import cycle_figures


def account_mail(template, **context):
    def sample(language):
        to, key = "ana@example.org", f"sample:{template}"
        outbox.queue(template, to=to, language=language, key=key, category="security", context=context)

    return sample


def webinar_mail(queue, *arguments, status="confirmed", **options):
    def sample(language):
        title = "Partilha de responsabilidades familiares & «tempos» de trabalho nas autarquias"
        webinar = factories.make_webinar(title=title, starts_at=timezone.now() + timedelta(days=1))
        person = factories.make_user(language=language)
        waiting = {"queued_at": timezone.now()} if status == "waiting" else {}
        registration = factories.make_registration(webinar, person=person, status=status, **waiting)
        registration.had_place, registration.queue_position = status == "confirmed", 3
        queue(registration, *arguments, **options)

    return sample


def a_day_before(registration):
    emails.queue_reminder(registration, ReminderRule(code="day"))


def finished_work(language):
    person = factories.make_user(language=language)
    job = jobs.queue("tests.sample", by=person, title="Certificados de «Salários & carreiras iguais»")
    finished = {"state": "done", "finished_at": timezone.now(), "message": "42", "file": "jobs/x.zip", "file_name": "x.zip"}
    type(job).objects.filter(pk=job.pk).update(**finished)
    queue_finished(type(job).objects.get(pk=job.pk))


def mail_after(kind, *, recorded=True, following=True):
    def sample(language):
        webinar = factories.make_webinar(title="Violência & cuidados", starts_at=timezone.now() - timedelta(days=2))
        if following:
            factories.make_webinar(cycle=webinar.cycle, title="O que vem a seguir")
        if recorded:
            done = {"captions_checked_at": timezone.now(), "published_on": timezone.localdate(), "seconds": 6_700}
            recording = Recording.objects.create(webinar=webinar, video_id="abcdefghijk", state="published", **done)
            recording.chapters.create(second=0, title="Abertura")
        row = factories.make_registration(webinar, person=factories.make_user(language=language))
        after_emails.queue(after_emails.occasion(webinar, kind), after_emails.Recipient(row.person, row.name, row))

    return sample


def not_reached(language):
    cycle = factories.make_cycle(language=language, title="Práticas & «tempos» de trabalho")
    for number in (1, 2):
        start = timezone.now() + timedelta(days=number)
        factories.make_webinar(cycle=cycle, number=number, starts_at=start, title="Saúde & género")
    town = factories.make_municipality(name="Vila Nova de Santo António da Ribeira")
    contact = {"contact_name": "Joana Vidigal", "contact_email": "igualdade@cm-x.example"}
    Membership.objects.create(municipality=town, kind="member", since=timezone.localdate(), **contact)
    reach.write_to_not_reached(cycle, by=factories.make_coordinator())


def monthly_report(language):
    cycle = factories.make_cycle(title="Práticas & «tempos» de trabalho nas autarquias", language=language)
    report = reports.create_report(cycle, by=None, cut_off=timezone.localdate(), key="monthly:sample")
    person = factories.make_coordinator(language=language)
    report_emails.queue_monthly(report, cycle_figures(cycle), person=person)


def weekly_digest(language):
    factories.make_webinar(title="Saúde & «género»", starts_at=timezone.now() - timedelta(days=9))
    factories.make_coordinator(language=language)
    digest.queue_digests(now=timezone.now())


def call_mail(deed):
    """``deed(call, person, coordinator)`` tells a person who follows the call."""

    def sample(language):
        title = "Apoio anual a associações feministas & LGBTI de «todo» o território"
        call = make_call(title=title, language=language)
        person, coordinator = factories.make_user(language=language), factories.make_coordinator(language="pt")
        calls.follow_call(call, by=person)
        deed(call, person, coordinator)

    return sample


def extended(call, person, coordinator):
    later = call.closes_at + timedelta(days=7)
    calls.extend(call, by=coordinator, closes_at=later, reason="A plataforma esteve em baixo & três dias perderam-se.")


def closing(call, person, coordinator):
    call_emails.queue_closing(call, 7, [person])


def answered(call, person, coordinator):
    calls.answer(calls.ask(call, by=person, text="E as freguesias & uniões?"), by=coordinator, text="Também.\nSem mais papéis.")


def practice_mail(deed):
    """``deed(town, practice)`` happens to a practice of a municipality whose people read ``language``."""

    def sample(language):
        town = Town(language=language)
        practice = town.draft(title={"title": "Banco de horas & «cuidados» em vilas com muitas pessoas idosas"})
        deed(town, practice)
        OutboxMail.objects.filter(state="cancelled").delete()  # of the states before

    return sample


def changes_requested(town, practice):
    practices.take(practices.submit(practice, by=town.focal).practice, by=town.coordinator)
    comments = {"results": "De onde vêm os números & o “antes”?\nCite a fonte.", "transfer": "Que vilas?"}
    practices.request_changes(practice, by=town.coordinator, notes=practices.Notes(comments=comments, text="Está quase."))


def to_review(town, practice):
    practices.submit(practice, by=town.focal)


def still_true(town, practice):
    practices.make_public(practice, by=town.coordinator)
    Practice.objects.filter(pk=practice.pk).update(confirmed_on=timezone.localdate() - timedelta(days=400))
    practice.refresh_from_db()
    practice.public_version.sections.filter(code="contact").update(content={})  # the focal point alone
    practices.ask_still_true(practice)


def belonging_mail(deed):
    """``deed(affiliation, point)`` about somebody who asks to belong to a municipality, and its focal point."""

    def sample(language):
        town = factories.make_municipality(name="Vila Nova & «Velha»")
        person = factories.make_user(language=language, name="Rita & Ana")
        point = factories.make_affiliation(factories.make_user(language=language), town, kind="focal_point").person
        deed(towns.ask_affiliation(town, by=person, function="Técnica de ação social & igualdade"), point)

    return sample


def refused(affiliation, point):
    towns.refuse_affiliation(affiliation, by=point, reason="Já não trabalha no <município> & saiu\nem maio.")


def removed(affiliation, point):
    towns.end_affiliation(towns.confirm_affiliation(affiliation, by=point), by=point)


def invited(affiliation, point):
    person = factories.make_user(language=affiliation.person.language)
    towns.invite_colleague(affiliation.municipality, email=person.email, name="", by=point)


def made_focal_point(affiliation, point):
    towns.make_focal_point(towns.confirm_affiliation(affiliation, by=point), by=point)


def made_staff(affiliation, point):
    made_focal_point(affiliation, point)
    towns.make_staff(affiliation, by=point)


def practice_begun(language):
    """To somebody new, who is invited first."""
    webinar = factories.make_webinar(title="Cuidar & «conciliar»")
    item = webinar.agenda.create(starts_at=webinar.starts_at, title="Banco de horas & regras")
    town, by = factories.make_municipality(name="Vila & Mar"), factories.make_coordinator(language=language)
    start_practice(item, municipality=town, email="nova@cm-x.example", name="Nova & Ana", form="snapshot", by=by)
    OutboxMail.objects.exclude(template="webinars/practice_begun").delete()


SAMPLES = {
    "goodpractices/event": practice_mail(changes_requested),
    "goodpractices/for_reviewers": practice_mail(to_review),
    "goodpractices/still_true": practice_mail(still_true),
    "grants/answered": call_mail(answered),
    "grants/closing": call_mail(closing),
    "grants/event": call_mail(extended),
    "jobs/finished": finished_work,
    "municipalities/asked": belonging_mail(lambda _affiliation, _point: None),
    "municipalities/confirmed": belonging_mail(lambda affiliation, point: towns.confirm_affiliation(affiliation, by=point)),
    "municipalities/focal_point": belonging_mail(made_focal_point),
    "municipalities/invited": belonging_mail(invited),
    "municipalities/refused": belonging_mail(refused),
    "municipalities/removed": belonging_mail(removed),
    "municipalities/staff": belonging_mail(made_staff),
    "reports/digest": weekly_digest,
    "reports/monthly": monthly_report,
    "users/confirm_code": account_mail("users/confirm_code", code="482913", minutes=30),
    "users/email_changed": account_mail("users/email_changed", person=User(email="ana@example.org", name="Ana")),
    "users/new_address_code": account_mail("users/new_address_code", code="482913", minutes=30),
    "users/sign_in_code": account_mail("users/sign_in_code", code="482913", minutes=30),
    "webinars/cancelled": webinar_mail(emails.queue_cancelled, removed=False),
    "webinars/confirmed": webinar_mail(emails.queue_registered),
    "webinars/missed": mail_after("missed", recorded=False),
    "webinars/moved": webinar_mail(emails.queue_moved),
    "webinars/not_reached": not_reached,
    "webinars/practice_begun": practice_begun,
    "webinars/promoted": webinar_mail(emails.queue_promoted),
    "webinars/recording_published": mail_after("recording"),
    "webinars/reminder": webinar_mail(a_day_before),
    "webinars/removed": webinar_mail(emails.queue_cancelled, removed=True),
    "webinars/thanks": mail_after("thanks"),
    "webinars/waiting": webinar_mail(emails.queue_registered, status="waiting"),
    "webinars/webinar_cancelled": webinar_mail(emails.queue_webinar_cancelled),
}
