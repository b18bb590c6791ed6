"""Feeds: their addresses have no language."""

from django.urls import path

from webinars.views import feeds

urlpatterns = [path("webinars.ics", feeds.webinars_feed, name="webinars_feed")]
