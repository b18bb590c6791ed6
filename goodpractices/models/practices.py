"""A practice: what a municipality does for equality, and the part of it that the catalogue finds it by."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goodpractices.querysets import PracticeQuerySet
from municipalities.models import Municipality
from network_portal.common.defaults import network_language
from network_portal.vocabularies.models import Term

PERSON = settings.AUTH_USER_MODEL
QUESTIONS = 2  # whether a practice is still true; after them its page says that nobody answers
ANSWER_WITHIN = timedelta(days=30)


class Practice(models.Model):
    """A practice of a municipality. What is written of it stands in its versions; here stands what the catalogue reads.

    ``public_version`` is what everybody reads, ``work_version`` what is being written or reviewed; while a practice is
    public both may be there. Of one that never was public ``work_version`` stays when it is declined or withdrawn. The
    columns from ``title`` to ``picture`` are those of the public version, of the one at work while nothing was ever public.
    They are written by ``services.projection`` and nowhere else.
    """

    class State(models.TextChoices):
        NEW = "new", _("not yet published")
        PUBLIC = "public", pgettext_lazy("practice", "published")
        UNPUBLISHED = "unpublished", _("taken out of the catalogue")  # by a coordinator
        ARCHIVED = "archived", _("archived")  # over, still read at its address, no longer listed
        WITHDRAWN = "withdrawn", _("withdrawn by its authors")
        DELETED = "deleted", _("deleted")  # can be brought back

    class Evidence(models.IntegerChoices):
        DESCRIBED = 0, _("described")
        COUNTED = 1, _("results counted")
        MEASURED = 2, _("measured before and after")
        EVALUATED = 3, _("evaluated by others")
        REPLICATED = 4, _("replicated elsewhere")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="practices")
    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.NEW)
    public_version = models.OneToOneField("Version", null=True, on_delete=models.PROTECT, related_name="+")
    work_version = models.OneToOneField("Version", null=True, on_delete=models.PROTECT, related_name="+")

    title = models.CharField(_("title"), max_length=100, blank=True)
    summary = models.CharField(_("summary"), max_length=280, blank=True)
    language = models.CharField(_("language of the text"), max_length=8, default=network_language)
    practice_type = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+")
    cost_band = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+")
    staff_hours = models.PositiveIntegerField(null=True)  # a month
    starts_on = models.DateField(null=True)  # the first day of the month
    ends_on = models.DateField(null=True)
    is_running = models.BooleanField(default=False)
    evidence = models.PositiveSmallIntegerField(choices=Evidence, default=Evidence.DESCRIBED)
    has_video = models.BooleanField(default=False)
    picture = models.ForeignKey("PracticeFile", null=True, on_delete=models.SET_NULL, related_name="+")

    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)  # of the public version
    featured_at = models.DateTimeField(null=True)  # on the home page, the latest first
    confirmed_on = models.DateField(null=True)  # the day its authors last said that it is still true
    asked_on = models.DateField(null=True)  # the day they were last asked
    unanswered = models.PositiveSmallIntegerField(default=0)  # questions since they last answered
    catalogue_version = models.PositiveBigIntegerField(default=0, db_index=True)  # see CatalogueState
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["public", "archived", "unpublished"])
                | Q(public_version__isnull=False, published_at__isnull=False, first_published_at__isnull=False),
                name="practice_shown_has_a_version",
            ),
            models.CheckConstraint(condition=Q(featured_at=None) | Q(state="public"), name="practice_featured_is_public"),
            models.CheckConstraint(condition=Q(evidence__lte=4), name="practice_evidence_in_range"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="practice_ends_after_it_began",
            ),
            models.CheckConstraint(condition=Q(is_running=False) | Q(ends_on=None), name="practice_running_has_no_end"),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="practice_newest"),
            models.Index(fields=["municipality", "state"], name="practice_of_municipality"),
            models.Index(fields=["-featured_at"], condition=Q(featured_at__isnull=False), name="practice_featured"),
        ]

    def __str__(self):
        return self.title or str(_("Practice without a title"))

    def get_absolute_url(self):
        return reverse("goodpractices:detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLIC

    @property
    def is_readable(self) -> bool:
        """Whether everybody reads it at its address: public, or archived and said so."""
        return self.state in (self.State.PUBLIC, self.State.ARCHIVED)

    @property
    def is_unanswered(self) -> bool:
        """Whether its authors left two questions whether it is still true without an answer: its page says so, also while a
        later question waits."""
        is_second_over = self.asked_on is not None and self.asked_on + ANSWER_WITHIN <= timezone.localdate()
        return self.unanswered > QUESTIONS or (self.unanswered == QUESTIONS and is_second_over)

    @property
    def mail_subject(self) -> str:
        """What the mails about this practice are filed under in the outbox."""
        return f"practice:{self.pk}"


class PracticeTerm(models.Model):
    """A term that the catalogue finds a practice by: its themes, areas, axes, groups, Charter articles and SDG targets."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="term_links")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="practice_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "term"], name="practiceterm_once")]
        indexes = [models.Index(fields=["term", "practice"], name="practiceterm_by_term")]

    def __str__(self):
        return f"{self.practice_id}: {self.term_id}"


class CatalogueState(models.Model):
    """One row that counts the changes of the catalogue. Whoever changes what the catalogue shows of a practice takes the
    next number under a lock and stamps the practice with it, so that a process reads only what is newer than it knows.

    Another ``history`` tells every process to read all anew: each night, because names of regions and terms change, too.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.PositiveBigIntegerField(default=0)
    history = models.UUIDField(default=uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="cataloguestate_one_row")]

    def __str__(self):
        return str(self.version)
