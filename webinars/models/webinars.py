"""One event of a cycle."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.common.defaults import network_language, network_time_zone
from network_portal.vocabularies.models import Term
from webinars.models.cycles import Cycle
from webinars.querysets import WebinarQuerySet

ROOM_OPENS = timedelta(minutes=30)  # before the start
SURVEY_CLOSES = timedelta(days=30)  # after the end
MAX_CAPACITY = 5_000


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
    language = models.CharField(_("language"), max_length=8, default=network_language)
    format = models.CharField(_("format"), max_length=12, choices=Format, default=Format.WEBINAR)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.ONLINE)
    theme = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name=_("theme"))
    other_themes = models.ManyToManyField(Term, blank=True, related_name="+", verbose_name=_("other themes"))
    starts_at = models.DateTimeField(_("start"), db_index=True)
    ends_at = models.DateTimeField(_("end"))
    time_zone = models.CharField(_("time zone"), max_length=40, default=network_time_zone)
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
    attendance_closed_at = models.DateTimeField(null=True, blank=True, editable=False)  # from then on its figures are sealed
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
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def where(self) -> str:
        """Online with the platform, the place, or both."""
        online = str(_("Online")) + (f" ({self.platform})" if self.platform else "")
        return {"online": online, "on_site": self.place, "hybrid": f"{self.place}; {online}"}[self.mode]

    @property
    def starts_local(self):
        return self.starts_at.astimezone(self.zone)

    @property
    def ends_local(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def closes_at(self):
        """When registration closes: the moment set, else the start."""
        return self.registration_closes_at or self.starts_at

    @property
    def room_opens_at(self):
        return self.starts_at - ROOM_OPENS

    @property
    def survey_closes_at(self):
        return self.ends_at + SURVEY_CLOSES

    @property
    def room_opens_local(self):
        return self.room_opens_at.astimezone(self.zone)

    @property
    def closes_local(self):
        return self.closes_at.astimezone(self.zone)

    @property
    def registration_opens_local(self):
        return self.registration_opens_at and self.registration_opens_at.astimezone(self.zone)

    @property
    def places_left(self) -> int:
        """Needs ``with_places``."""
        return max(self.capacity - self.places_taken, 0)

    @property
    def minutes(self) -> int:
        """How long it lasts, in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def minutes_needed(self) -> int:
        """From how many minutes on a person attended, by the cycle's rule; needs the cycle."""
        rule = self.cycle
        return rule.attended_minutes or -(-self.minutes * rule.attended_percent // 100)

    @property
    def has_begun(self) -> bool:
        return timezone.now() >= self.starts_at

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
