"""The administrators' view: memberships to edit; to read the register, which comes by import, and the mail domains, which
coordinators check with each town on its page."""

from django.contrib import admin

from municipalities.models import MailDomain, Membership, Municipality
from network_portal.common.admin import ReadOnlyAdmin


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["name", "district", "code_scheme", "code", "nuts3", "residents"]
    list_filter = ["country", "region"]
    search_fields = ["name", "name_folded", "code"]
    ordering = ["name_folded", "pk"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["municipality", "kind", "since", "until"]
    list_filter = ["kind"]
    list_select_related = ["municipality"]
    search_fields = ["municipality__name", "municipality__name_folded"]
    autocomplete_fields = ["municipality"]
    ordering = ["municipality__name_folded", "-since", "pk"]


@admin.register(MailDomain)
class MailDomainAdmin(ReadOnlyAdmin):
    list_display = ["domain", "municipality", "checked_at"]
    list_select_related = ["municipality"]
    search_fields = ["domain", "municipality__name_folded"]
    ordering = ["domain"]
