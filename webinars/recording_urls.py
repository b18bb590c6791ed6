"""Coordinators' addresses of recordings and slides, below ``manage/``."""

from django.urls import path

from webinars.views import recordings_manage as views

urlpatterns = [
    path("<slug:slug>/recording/", views.RecordingEditView.as_view(), name="recording_edit"),
    path("<slug:slug>/recording/publish/", views.recording_publish, name="recording_publish"),
    path("<slug:slug>/recording/take-back/", views.recording_take_back, name="recording_take_back"),
    path("<slug:slug>/slides/add/", views.slides_add, name="slides_add"),
    path("slides/<uuid:uuid>/remove/", views.slides_remove, name="slides_remove"),
]
