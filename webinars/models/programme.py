"""What a webinar is about and who speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodpractices.models import Practice
from network_portal.vocabularies.models import Term
from webinars.models.webinars import Webinar
from webinars.querysets import AgendaItemQuerySet


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
    practice = models.ForeignKey(  # shown in public once the practice is
        Practice,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agenda_items",
        verbose_name=_("practice presented"),
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        indexes = [models.Index(fields=["webinar", "starts_at"], name="agendaitem_by_start")]

    def __str__(self):
        return self.title
