"""A small network in which every role has somebody and every address something to point at."""

from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone

from municipalities.models import Membership, Municipality
from network_portal.jobs import files
from network_portal.jobs.models import Job
from network_portal.mail import subscriptions
from network_portal.mail.models import OutboxControl, OutboxMail
from network_portal.reports import building
from network_portal.reports import services as reports
from network_portal.reports.content import canonical, digest
from network_portal.reports.models import Report
from network_portal.vocabularies.models import Term
from network_portal.vocabularies.services import stamp_of
from tests.goodpractices.world import PracticesWorld
from tests.grants.world import CallsWorld
from tests.municipalities.world import BelongingWorld
from tests.office import PDF
from tests.webinars.certifying import picture
from webinars import links, mail_words
from webinars.models import (
    AgendaItem,
    AttendanceFile,
    Certificate,
    Chapter,
    Cycle,
    Partner,
    Recording,
    Registration,
    Slides,
    Webinar,
)

ROLES = ["AN", "SI", "ST", "FP", "CO", "AD"]
HTML = "<html lang='pt'><head><title>O seu lugar</title></head><body><p>Tem lugar.</p></body></html>"
NOWHERE = {
    "uuid": "00000000-0000-4000-8000-000000000000", "pk": 999_999, "slug": "no-such-thing", "token": "no-such-token",
    "code": "0000-0000", "town": "no-such-town", "kind": "nothing", "theme": "no-such-thing", "vocabulary": "no-such-thing",
}  # fmt: skip


class Values(dict):
    """What costs much is a function, called when it is asked for."""

    def __getitem__(self, name):
        value = super().__getitem__(name)
        return value() if callable(value) else value


class World:
    """AN is nobody, SI signed in; ST is staff of a town and has a place in the webinars, FP its focal point; CO coordinates,
    AD administers; Olga is somebody else, of another town."""

    def __init__(self):
        cache.clear()
        people = get_user_model().objects
        self.people = {
            "AN": None,
            "SI": people.create_user("sofia@example.org", name="Sofia Isidro"),
            "ST": people.create_user("simao@cm-x.pt", name="Simão Teles"),
            "FP": people.create_user("filipa@cm-x.pt", name="Filipa Pinto"),
            "CO": people.create_user("carla@example.org", name="Carla Osório", is_coordinator=True),
            "AD": people.create_user("abel@example.org", name="Abel Dias", is_administrator=True),
        }
        self.other = people.create_user("olga@cm-y.pt", name="Olga Reis")
        self.town = self._town("0101", "Vila de Cima")
        self.member = Membership.objects.create(
            municipality=self.town, kind="founder", since=timezone.now().date() - timedelta(400),
            contact_name="Joana Vidigal", contact_email="igualdade@cm-x.pt",
        )  # fmt: skip
        self.newcomer = self._town("0102", "Vila de Baixo")
        self.belonging = BelongingWorld(self.people, self.other, self.town, self.newcomer)
        self.free_town = self._town("0103", "Vila do Meio")
        self._make_webinars()
        self._make_registrations()
        self._make_mail()
        self._make_jobs()
        self._make_recordings()
        self._make_attendance()
        self.calls, self.practices = CallsWorld(self.people, self.other), PracticesWorld(self.people, self.town, self.newcomer)
        self._make_certificates()

    def _town(self, code: str, name: str) -> Municipality:
        return Municipality.objects.create(
            code_scheme="DICO", code=code, name=name, slug=name.lower().replace(" ", "-"), name_folded=name.lower(),
            district="Aveiro", country="PT", nuts3="PT191", latitude="40.5", longitude="-8.4", residents=12_000,
        )  # fmt: skip

    def _make_webinars(self):
        today, ten = timezone.now(), timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
        self.cycle = Cycle.objects.create(
            title="Ciclo de Ensaio", slug="ciclo", summary="Um ciclo.", is_published=True,
            starts_on=today.date() - timedelta(30), ends_on=today.date() + timedelta(90),
        )  # fmt: skip
        self.open = self._webinar(1, "Aberto", state="published", starts_at=ten + timedelta(days=3))
        self.soon = self._webinar(2, "Agora", state="published", starts_at=today + timedelta(minutes=10))
        self.draft = self._webinar(3, "Rascunho", state="draft", starts_at=ten + timedelta(days=9))
        self.asked = self._webinar(9, "Perguntado", state="published", starts_at=ten - timedelta(days=2))
        self.past = self._webinar(4, "Passado", state="published", starts_at=ten - timedelta(days=9))

    def _webinar(self, number: int, title: str, **fields) -> Webinar:
        webinar = Webinar.objects.create(
            cycle=self.cycle, number=number, title=title, slug=fields.pop("slug", title.lower()),
            summary="Um resumo.", text="Um **texto**.",
            theme=Term.objects.of("theme").first(), ends_at=fields["starts_at"] + timedelta(hours=2), capacity=2,
            join_url="https://zoom.example/j/1", platform="Zoom", **fields,
        )  # fmt: skip
        AgendaItem.objects.create(webinar=webinar, starts_at=webinar.starts_at, title="Abertura")
        return webinar

    def _make_registrations(self):
        simao = self.people["ST"]
        self.place = self._registration(self.open, simao)
        self.place_now = self._registration(self.soon, simao)
        self.place_asked = self._registration(self.asked, simao)
        self.others_place = self._registration(self.open, self.other)

    def _registration(self, webinar: Webinar, person) -> Registration:
        return Registration.objects.create(
            webinar=webinar, person=person, name=person.name, status="confirmed", confirmed_at=timezone.now(),
            municipality=self.town, role=Term.objects.of("role").first(), registered_by=person,
        )  # fmt: skip

    def _make_mail(self):
        OutboxControl.objects.update_or_create(id=1, defaults={"paused_until": timezone.now() + timedelta(minutes=5)})
        self.failed_mail = self._mail("failed", last_error="550 no such mailbox")
        self.sent_mail = self._mail("sent", sent_at=timezone.now(), calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    def _mail(self, state: str, **fields) -> OutboxMail:
        return OutboxMail.objects.create(
            key=f"world:{state}", template="webinars/confirmed", category="transactional", priority=1, to="olga@cm-y.pt",
            language="pt", subject="O seu lugar", text="Tem lugar.", html=HTML,
            message_id=f"<{state}@portal.example.org>", state=state, **fields,
        )  # fmt: skip

    def _make_jobs(self):
        """Work that Simão started: under way, done with a file, and failed."""
        self.job = self._job(
            "Presenças", state="running", steps_done=2, steps_total=5, lease_until=timezone.now(), lease_token=uuid4()
        )
        self.failed_job = self._job("Relatório", state="failed", finished_at=timezone.now(), error="Falta uma coluna.")
        self.done_job = self._job("Certificados", state="done", finished_at=timezone.now(), message="Estão prontos.")
        name = files.keep(self.done_job, uuid4(), name="certificados.zip", content=b"PK")
        Job.objects.filter(pk=self.done_job.pk).update(file=name, file_name="certificados.zip")

    def _job(self, title: str, **fields) -> Job:
        return Job.objects.create(
            kind="tests.world", title=title, language="pt", created_by=self.people["ST"], back_url="/webinars/", **fields
        )

    def _make_recordings(self):
        """One that everybody sees, with slides, and one that could be published."""
        held = timezone.now() - timedelta(days=20)
        self.watched = self._webinar(21, "Visto", state="published", starts_at=held)
        self.unseen = self._webinar(22, "Por ver", state="published", starts_at=held, slug="por-ver")
        facts = {"privacy": "public", "published_on": held.date() + timedelta(days=3), "captions_checked_at": timezone.now()}
        self.recording = Recording.objects.create(
            webinar=self.watched, video_id="aBcDeFgHi_0", state="published", transcript="Bom dia.", seconds=7200, views=9, **facts
        )
        Chapter.objects.create(recording=self.recording, second=9, title="Abertura")
        self.ready = Recording.objects.create(webinar=self.unseen, video_id="aBcDeFgHi_1", transcript="Boa tarde.", **facts)
        self.slides = self._slides(self.watched, "Saúde para todas")
        self.draft_slides = self._slides(self.draft, "Por mostrar")

    def _slides(self, webinar: Webinar, title: str) -> Slides:
        file = {"file_name": "saude.pdf", "content_type": "application/pdf", "size": len(PDF), "sha256": "0" * 64}
        slides = Slides(webinar=webinar, title=title, author="Inês Falcão", **file)
        slides.content.save("", ContentFile(PDF))
        return slides

    def _make_attendance(self):
        began = timezone.now() - timedelta(days=4)
        self.held = self._webinar(31, "Decorrido", state="published", starts_at=began)
        self.sealed = self._webinar(32, "Encerrado", state="published", starts_at=began, attendance_closed_at=timezone.now())
        self.not_there = self._registration(self.held, self.other)
        self.file_asks = self._attendance_file("a", state="asks", question={"kind": "columns", "columns": ["Quem", "Minutos"]})
        self.file_ready = self._attendance_file("b", state="ready", notes=["Três linhas ficaram de fora."])
        self.file_used = self._attendance_file("c", state="applied", applied_at=timezone.now())
        stay = {"minutes": 100, "match": "none", "decision": "open"}
        self.line = self.file_ready.lines.create(identity="name:ana", name="Ana", **stay)
        self.file_decided = self._attendance_file("d", state="ready")
        self.file_decided.lines.create(identity="name:eva", name="Eva", **stay | {"decision": "leave"})
        self.by_hand = self.held.attendance.create(
            name="Rui Sá", municipality=self.town, role=Term.objects.of("role").first(), source="by_hand", reason="Foi visto.",
            attended=True,
        )  # fmt: skip

    def _make_certificates(self):
        """Simão attended and has a valid one, Olga's was revoked; the cycle has a partner with a logo."""
        then = timezone.now() - timedelta(days=40)
        self.certified = self._webinar(41, "Certificado", state="published", starts_at=then, attendance_closed_at=then)
        self.certificate = self._certificate(self.people["ST"], "K7QM2W4P")
        ended = {"state": "revoked", "reason": "Foi um engano.", "ended_at": timezone.now()}
        self.revoked = self._certificate(self.other, "R3V0KED0", **ended)
        self.partner = Partner.objects.create(cycle=self.cycle, name="Fundo Social", is_funder=True, position=1)
        self.partner.logo.save("", ContentFile(picture(60, 20).read()))

    def _certificate(self, person, code: str, **fields) -> Certificate:
        registration, webinar = self._registration(self.certified, person), self.certified
        role = registration.role
        record = webinar.attendance.create(
            registration=registration, person=person, name=person.name, municipality=self.town, role=role, source="file",
            minutes=100, attended=True,
        )  # fmt: skip
        return Certificate.objects.create(
            code=code, cycle=self.cycle, webinar=webinar, person=person, record=record, name=person.name, title=webinar.title,
            held_on=webinar.starts_local.date(), minutes=webinar.minutes, language="pt", **fields,
        )  # fmt: skip

    def _attendance_file(self, sha256: str, **fields) -> AttendanceFile:
        return AttendanceFile.objects.create(webinar=self.held, name=f"{sha256}.csv", sha256=sha256, size=9, **fields)

    @cached_property
    def retired_term(self) -> Term:
        return Term.objects.create(vocabulary="theme", code="retired", labels={"pt": "Antigo", "en": "Old"}, is_retired=True)

    @cached_property
    def report(self) -> Report:
        """A draft."""
        return reports.create_report(self.cycle, by=self.people["CO"], cut_off=timezone.localdate())

    @cached_property
    def frozen_report(self) -> Report:
        made = reports.create_report(self.cycle, by=self.people["CO"], cut_off=timezone.localdate())
        return reports.freeze(made, by=self.people["CO"], checked=digest(canonical(building.build(made))))

    @cached_property
    def values(self) -> dict:
        """What ``$name`` stands for in permissions.yml."""
        return Values({
            "open": self.open.slug,
            "item": self.open.agenda.get().pk, "soon": self.soon.slug, "draft": self.draft.slug, "past": self.past.slug,
            "certified": self.certified.slug, "certificate": self.certificate.shown_code, "revoked": self.revoked.shown_code,
            "partner": self.partner.uuid,
            "cycle": self.cycle.slug, "place": self.place.uuid, "others_place": self.others_place.uuid,
            "token": links.token_for(self.place), "token_now": links.token_for(self.place_now),
            "token_asked": links.token_for(self.place_asked), "asked": self.asked.slug,
            "words_seen": mail_words.stamp(mail_words.shipped("thanks", "pt")),
            "town": self.town.slug, "town_name": self.town.name, "newcomer": self.newcomer.name,
            "newcomer_slug": self.newcomer.slug, "member": self.member.pk, "free_town": self.free_town.name,
            "failed_mail": self.failed_mail.pk, "sent_mail": self.sent_mail.pk,
            "job": self.job.uuid, "failed_job": self.failed_job.uuid, "done_job": self.done_job.uuid,
            "unsubscribe": subscriptions.token_for("olga@cm-y.pt", "reminder"),
            "role": Term.objects.of("role").first().pk, "theme": Term.objects.of("theme").first().pk,
            "cycle_pk": self.cycle.pk, "seen": self.open.changed_at.isoformat(),
            "tomorrow": (timezone.localdate() + timedelta(days=1)).isoformat(),
            "today": timezone.localdate().isoformat(),
            "watched": self.watched.slug, "unseen": self.unseen.slug, "slides": self.slides.uuid,
            "draft_slides": self.draft_slides.uuid, "recording_seen": self.recording.changed_at.isoformat(),
            "held": self.held.slug, "sealed": self.sealed.slug, "not_there": self.not_there.uuid, "by_hand": self.by_hand.uuid,
            "file_asks": self.file_asks.uuid, "file_ready": self.file_ready.uuid, "file_used": self.file_used.uuid,
            "file_decided": self.file_decided.uuid, "line": self.line.pk,
            "term_seen": lambda: stamp_of(Term.objects.get(vocabulary="theme", code="health")),
            "retired_term": lambda: self.retired_term.code,
            "pdf": ContentFile(PDF, name="aviso.pdf"),
            "csv": ContentFile(b"Name,Email,Duration (minutes)\nAna,ana@cm-x.pt,90\n", name="presencas.csv"),
            "report": lambda: self.report.uuid, "frozen_report": lambda: self.frozen_report.uuid,
            "report_seen": lambda: self.report.changed_at.isoformat(),
            "report_checked": lambda: digest(canonical(building.build(self.report))),
            "far": (timezone.localdate() + timedelta(days=99)).isoformat(), **self.calls.values, **self.practices.values,
            **self.belonging.values,
        })  # fmt: skip
