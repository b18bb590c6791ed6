"""Coordinators' addresses of calls, below ``manage/``."""

from django.urls import path

from grants.views import manage, manage_deeds, manage_files, manage_result, manage_writing

urlpatterns = [
    path("", manage.ManageView.as_view(), name="manage"),
    path("new/", manage_writing.CallCreateView.as_view(), name="create"),
    path("files/<uuid:uuid>/remove/", manage_files.FileRemoveView.as_view(), name="file_remove"),
    path("<slug:slug>/", manage.call, name="call"),
    path("<slug:slug>/edit/", manage_writing.CallEditView.as_view(), name="edit"),
    path("<slug:slug>/publish/", manage_writing.CallPublishView.as_view(), name="publish"),
    path("<slug:slug>/extend/", manage_deeds.CallExtendView.as_view(), name="extend"),
    path("<slug:slug>/questions/", manage_deeds.QuestionsView.as_view(), name="questions"),
    path("<slug:slug>/questions/<int:pk>/answer/", manage_deeds.AnswerView.as_view(), name="answer"),
    path("<slug:slug>/files/", manage_files.FilesView.as_view(), name="files"),
    path("<slug:slug>/result/", manage_result.CallResultView.as_view(), name="result"),
    path("<slug:slug>/cancel/", manage_deeds.CallCancelView.as_view(), name="cancel"),
    path("<slug:slug>/void/", manage_deeds.CallVoidView.as_view(), name="void"),
]
