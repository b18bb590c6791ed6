from django.contrib import admin

from network_portal.common.admin import ReadOnlyAdmin
from network_portal.mail.models import AddressState, OutboxMail


@admin.register(OutboxMail)
class OutboxMailAdmin(ReadOnlyAdmin):
    """What happened to a mail, never what it says."""

    list_display = ["created_at", "to", "template", "category", "state", "attempts", "sent_at"]
    list_filter = ["state", "category", "language"]
    search_fields = ["to", "key", "message_id"]
    ordering = ["-created_at", "-pk"]
    exclude = ["subject", "text", "html", "calendar", "lease_token"]


@admin.register(AddressState)
class AddressStateAdmin(admin.ModelAdmin):
    """Addresses that get no mail; deleting a row lets mail through again."""

    list_display = ["address", "category", "reason", "created_at"]
    list_filter = ["category"]
    search_fields = ["address"]
    ordering = ["address", "category"]
