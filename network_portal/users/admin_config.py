"""Puts our admin site in the place of Django's; apart from ``apps.py`` because an app may have one config there."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "network_portal.users.admin_site.PortalAdminSite"
