"""Coordinators' addresses of calls, below ``manage/``."""

from django.urls import path

from grants.views import manage

urlpatterns = [
    path("", manage.ManageView.as_view(), name="manage"),
]
