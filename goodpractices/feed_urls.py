"""Feeds: their addresses have no language."""

from django.urls import path

from goodpractices import feeds

urlpatterns = [
    path("feeds/practices.atom", feeds.practices_feed, name="practices_feed"),
    path("feeds/practices/<slug:theme>.atom", feeds.practices_feed, name="practices_theme_feed"),
]
