"""Feeds: their addresses have no language."""

from django.urls import path

from webinars.views import feeds, recordings

urlpatterns = [
    path("webinars.ics", feeds.webinars_feed, name="webinars_feed"),
    path("feeds/recordings.atom", recordings.recordings_feed, name="recordings_feed"),
]
