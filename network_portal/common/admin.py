"""What several apps' pages in Django's admin share."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at: they change on the portal's own pages, by services, or not at all."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
