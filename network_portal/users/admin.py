"""People and their roles, for administrators."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from network_portal.users import services
from network_portal.users.models import User


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "is_coordinator", "is_administrator", "is_active"]

    def clean(self):
        data = super().clean()
        stays = data.get("is_administrator") and data.get("is_active")
        if not stays and services.is_last_administrator(User.objects.get(pk=self.instance.pk)):
            text = _("This is the last administrator. Give the role to somebody else first.")
            raise forms.ValidationError(text, code="last_administrator")
        return data


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts are made by signing in or ``grant_role``; the address is changed by the person, who proves it."""

    form = PersonForm
    list_display = ["email", "name", "is_coordinator", "is_administrator", "is_active", "created_at"]
    list_filter = ["is_coordinator", "is_administrator", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email", "pk"]
    readonly_fields = ["email", "created_at"]
    fields = ["email", "name", "language", "is_coordinator", "is_administrator", "is_active", "created_at"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        User.objects.filter(pk=obj.pk).update(name=obj.name, language=obj.language)
        for role, field in services.ROLE_FIELDS.items():
            services.set_role(obj, role, getattr(obj, field), by=request.user)
        services.set_active(obj, obj.is_active, by=request.user)
