"""The outbox: a mail is a row written with the fact that owes it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_portal.mail.querysets import OutboxMailQuerySet


class OutboxMail(models.Model):
    """One mail to one address, rendered when queued so that a retry is byte-identical."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("withdrawn")
        EXPIRED = "expired", _("expired")
        UNKNOWN = "unknown", _("unknown")

    class Category(models.TextChoices):
        SECURITY = "security", _("security")
        TRANSACTIONAL = "transactional", _("about something you did")
        REMINDER = "reminder", _("reminders")
        BULK = "bulk", _("news")

    PRIORITY = {"security": 0, "transactional": 1, "reminder": 2, "bulk": 3}

    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=80)
    category = models.CharField(max_length=14, choices=Category)
    priority = models.PositiveSmallIntegerField()
    to = models.EmailField(max_length=254, db_index=True)
    language = models.CharField(max_length=8)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    subject = models.TextField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(null=True, blank=True)
    send_before = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    resends = models.PositiveSmallIntegerField(default=0)  # after handing over ended without an answer
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outboxmail_sent_has_a_time"),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False, lease_token__isnull=False),
                name="outboxmail_sending_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["priority", "next_attempt_at", "id"], condition=Q(state="queued"), name="outboxmail_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="outboxmail_leases"),
        ]

    def __str__(self):
        return self.key


class AddressState(models.Model):
    """What is known of an address: refused for good, or unsubscribed from a category."""

    address = models.EmailField(max_length=254)
    category = models.CharField(max_length=14, blank=True)  # empty: refused for every category
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "category"], name="addressstate_once")]

    def __str__(self):
        return f"{self.address} {self.category}"


class OutboxControl(models.Model):
    """One row that all senders read: paused by a person, or until a time after errors of connection."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_paused = models.BooleanField(default=False)
    paused_until = models.DateTimeField(null=True, blank=True)
    connection_errors = models.PositiveSmallIntegerField(default=0)
    last_run_at = models.DateTimeField(null=True, blank=True)
    down_from = models.DateTimeField(null=True, blank=True)  # the latest time that no sender ran
    down_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="outboxcontrol_is_one_row")]

    def __str__(self):
        return "outbox"
