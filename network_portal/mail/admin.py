from django.contrib import admin

from network_portal.mail.models import AddressState, OutboxMail


@admin.register(OutboxMail)
class OutboxMailAdmin(admin.ModelAdmin):
    """What happened to a mail, never what it says."""

    list_display = ["created_at", "to", "template", "category", "state", "attempts", "sent_at"]
    list_filter = ["state", "category", "language"]
    search_fields = ["to", "key", "message_id"]
    ordering = ["-created_at", "-pk"]
    exclude = ["subject", "text", "html", "calendar", "lease_token"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(AddressState)
class AddressStateAdmin(admin.ModelAdmin):
    """Addresses that get no mail; deleting a row lets mail through again."""

    list_display = ["address", "category", "reason", "created_at"]
    list_filter = ["category"]
    search_fields = ["address"]
    ordering = ["address", "category"]
