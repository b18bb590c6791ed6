"""The administrators' view of cycles, webinars and registrations: to read; coordinators change them on their own pages."""

from django.contrib import admin

from network_portal.common.admin import ReadOnlyAdmin
from webinars.models import Cycle, Registration, Webinar


@admin.register(Cycle)
class CycleAdmin(ReadOnlyAdmin):
    list_display = ["title", "starts_on", "ends_on", "is_published"]
    search_fields = ["title"]
    ordering = ["-starts_on", "pk"]


@admin.register(Webinar)
class WebinarAdmin(ReadOnlyAdmin):
    """Without the link to the meeting, which is for those who have a place."""

    list_display = ["title", "cycle", "number", "starts_at", "state"]
    list_filter = ["state", "cycle"]
    list_select_related = ["cycle"]
    search_fields = ["title"]
    ordering = ["-starts_at", "-pk"]
    exclude = ["join_url"]


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    """Without people's needs, which only coordinators read."""

    list_display = ["name", "webinar", "status", "municipality", "created_at"]
    list_filter = ["status", "source"]
    list_select_related = ["webinar", "municipality"]
    search_fields = ["name", "person__email"]
    ordering = ["-created_at", "-pk"]
    exclude = ["needs"]
