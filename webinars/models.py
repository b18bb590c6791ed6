"""Cycles of webinars, their agenda and people, and the registrations."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from network_portal.vocabularies.models import Term
from webinars.querysets import AgendaItemQuerySet, CycleQuerySet, RegistrationQuerySet, WebinarQuerySet

ROOM_OPENS = timedelta(minutes=30)  # before the start
MAX_CAPACITY = 5_000


class Cycle(models.Model):
    """A funder's cycle of events with its four targets and its reminder rules."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="pt")
    funder = models.CharField(_("funder"), max_length=200, blank=True)
    grant_reference = models.CharField(_("grant reference"), max_length=80, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    target_webinars = models.PositiveIntegerField(_("target: webinars"), default=5)
    target_participations = models.PositiveIntegerField(_("target: participations"), default=250)
    target_municipalities = models.PositiveIntegerField(_("target: municipalities"), default=25)
    target_recordings = models.PositiveIntegerField(_("target: recordings"), default=5)
    is_published = models.BooleanField(_("published"), default=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cycle_ends_after_it_began")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("webinars:cycle", args=[self.slug])


class ReminderRule(models.Model):
    """When a cycle reminds: so many days before at a local time of day, or so many minutes before the start."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reminder_rules")
    code = models.SlugField(max_length=20)  # "day" or "hour": part of the mail's key
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.TimeField(null=True, blank=True)
    minutes_before = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="reminderrule_code_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(days_before__isnull=False, at__isnull=False, minutes_before__isnull=True)
                | Q(days_before__isnull=True, at__isnull=True, minutes_before__isnull=False),
                name="reminderrule_is_by_day_or_by_minutes",
            ),
        ]

    def __str__(self):
        return f"{self.cycle}: {self.code}"

    def due_at(self, webinar: "Webinar"):
        """The moment (aware) at which this rule reminds of ``webinar``, in the webinar's own zone."""
        if self.minutes_before is not None:
            return webinar.starts_at - timedelta(minutes=self.minutes_before)
        day = webinar.starts_local.date() - timedelta(days=self.days_before)
        return timezone.datetime.combine(day, self.at, tzinfo=ZoneInfo(webinar.time_zone))


class Webinar(models.Model):
    """One event of a cycle. ``version`` grows when title, time or place changes; ``sequence`` is the calendar's."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    class Format(models.TextChoices):
        WEBINAR = "webinar", _("webinar")
        WORKSHOP = "workshop", _("workshop")
        TRAINING = "training", _("training")
        CONFERENCE = "conference", _("conference")

    class Mode(models.TextChoices):
        ONLINE = "online", _("online")
        ON_SITE = "on_site", _("on site")
        HYBRID = "hybrid", _("hybrid")

    class Audience(models.TextChoices):
        NETWORK = "network", _("staff and elected members of municipalities")
        EVERYONE = "everyone", _("everyone")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="webinars", verbose_name=_("cycle"))
    number = models.PositiveSmallIntegerField(_("number in the cycle"))
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(max_length=90, unique=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="pt")
    format = models.CharField(_("format"), max_length=12, choices=Format, default=Format.WEBINAR)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.ONLINE)
    theme = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("theme"))
    other_themes = models.ManyToManyField(Term, blank=True, related_name="+", verbose_name=_("other themes"))
    starts_at = models.DateTimeField(_("start"), db_index=True)
    ends_at = models.DateTimeField(_("end"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Lisbon")
    capacity = models.PositiveIntegerField(_("places"), default=50)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    join_url = models.URLField(_("meeting link"), max_length=500, blank=True)
    platform = models.CharField(_("platform"), max_length=40, blank=True)  # "Zoom"
    place = models.CharField(_("place"), max_length=200, blank=True)  # for on-site and hybrid events
    access_note = models.CharField(_("accessibility note"), max_length=200, blank=True)  # live captions, sign language
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebinarQuerySet.as_manager()

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="webinar_number_once_per_cycle"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="webinar_ends_after_it_began"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=MAX_CAPACITY), name="webinar_capacity_in_range"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="webinar_by_state_and_start")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("webinars:detail", args=[self.slug])

    @property
    def starts_local(self):
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def ends_local(self):
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def closes_at(self):
        """When registration closes: the moment set, else the start."""
        return self.registration_closes_at or self.starts_at

    @property
    def room_opens_at(self):
        return self.starts_at - ROOM_OPENS

    @property
    def is_past(self) -> bool:
        return timezone.now() >= self.ends_at

    @property
    def registration_has_opened(self) -> bool:
        return self.registration_opens_at is None or timezone.now() >= self.registration_opens_at

    @property
    def is_open_for_registration(self) -> bool:
        return self.state == self.State.PUBLISHED and self.registration_has_opened and timezone.now() < self.closes_at

    @property
    def mail_subject(self) -> str:
        """What the mails about this webinar are filed under in the outbox."""
        return f"webinar:{self.pk}"


class WebinarAxis(models.Model):
    """An axis of inequality that the webinar looks at, with one sentence that says how."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="axes")
    axis = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("axis"))
    sentence = models.CharField(_("sentence"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "axis"], name="webinaraxis_once_per_webinar")]

    def __str__(self):
        return f"{self.axis}: {self.sentence}"


class Speaker(models.Model):
    """A person who speaks at webinars; not an account."""

    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    bio = models.TextField(_("short biography"), blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self):
        return self.name


class AgendaItem(models.Model):
    """One line of the programme."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField(_("start"))
    title = models.CharField(_("title"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_break = models.BooleanField(_("break"), default=False)
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="agenda_items", verbose_name=_("speakers"))

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        indexes = [models.Index(fields=["webinar", "starts_at"], name="agendaitem_by_start")]

    def __str__(self):
        return self.title


class Registration(models.Model):
    """A person's registration for one webinar; a cancelled one stays for the figures.

    Coming back after cancelling is a new row, so that the queue and the mails start afresh.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("waiting list")
        CANCELLED = "cancelled", _("cancelled")

    class Source(models.TextChoices):
        SELF = "self", _("the person")
        COORDINATOR = "coordinator", _("the coordinator")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(Webinar, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    name = models.CharField(_("full name"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    queued_at = models.DateTimeField(null=True, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    role = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("role"))
    needs = models.TextField(_("needs"), max_length=1000, blank=True)
    consents_to_recording = models.BooleanField(_("agrees to be in the recording"), default=False)
    consent_version = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.SELF)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    mail_version = models.PositiveIntegerField(default=0)  # grows with each confirmation owed: part of the mail's key
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry in this person's calendar

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "person"], condition=~Q(status="cancelled"), name="registration_one_live_per_person"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", queued_at__isnull=False) | (~Q(status="waiting") & Q(queued_at__isnull=True)),
                name="registration_waiting_has_a_place_in_the_queue",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False), name="registration_confirmed_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False) | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="registration_cancelled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | ~Q(organisation=""), name="registration_names_a_municipality_or_body"
            ),
        ]
        indexes = [
            models.Index(fields=["webinar", "status", "queued_at"], name="registration_queue"),
            models.Index(fields=["person", "status"], name="registration_of_person"),
        ]

    def __str__(self):
        return f"{self.name}, {self.webinar}"

    def get_absolute_url(self):
        return reverse("webinars:registration", args=[self.uuid])

    @property
    def mail_subject(self) -> str:
        return f"registration:{self.uuid}"
