"""The administrators' view of reports: to read; coordinators make them on their own pages."""

from django.contrib import admin

from network_portal.common.admin import ReadOnlyAdmin
from network_portal.reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Without the figures: administrators run the technique, not the content."""

    list_display = ["cycle", "number", "cut_off", "state", "frozen_at"]
    list_filter = ["state"]
    list_select_related = ["cycle"]
    ordering = ["-created_at", "-pk"]
    exclude = ["content", "text"]
