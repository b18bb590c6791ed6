"""Feeds: their addresses have no language."""

from django.urls import path

from grants import feeds

urlpatterns = [
    path("feeds/calls.atom", feeds.calls_feed, name="calls_feed"),
    path("feeds/call-deadlines.ics", feeds.deadlines_feed, name="call_deadlines_feed"),
]
