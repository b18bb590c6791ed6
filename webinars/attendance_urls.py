"""Who attended: the coordinators' pages, below ``manage/``; their names are of the namespace ``webinars``."""

from django.urls import path

from webinars.views import attendance_files as files
from webinars.views.attendance import AttendanceCloseView, AttendanceReopenView, AttendanceView
from webinars.views.attendance_hand import (
    AttendanceAddView,
    AttendancePresenceView,
    AttendanceTakeOutView,
    AttendanceTogetherView,
)
from webinars.views.attendance_lines import AttendanceLineView

urlpatterns = [
    path("<slug:slug>/attendance/", AttendanceView.as_view(), name="attendance"),
    path("<slug:slug>/attendance/add/", AttendanceAddView.as_view(), name="attendance_add"),
    path("<slug:slug>/attendance/together/", AttendanceTogetherView.as_view(), name="attendance_together"),
    path("<slug:slug>/attendance/close/", AttendanceCloseView.as_view(), name="attendance_close"),
    path("<slug:slug>/attendance/reopen/", AttendanceReopenView.as_view(), name="attendance_reopen"),
    path("attendance/files/<uuid:uuid>/", files.AttendanceFileView.as_view(), name="attendance_file"),
    path("attendance/files/<uuid:uuid>/question/", files.AttendanceQuestionView.as_view(), name="attendance_question"),
    path("attendance/files/<uuid:uuid>/leave-out/", files.leave_out, name="attendance_leave_out"),
    path("attendance/files/<uuid:uuid>/apply/", files.apply, name="attendance_apply"),
    path("attendance/files/<uuid:uuid>/undo/", files.undo, name="attendance_undo"),
    path("attendance/files/<uuid:uuid>/remove/", files.discard, name="attendance_discard"),
    path("attendance/lines/<int:pk>/", AttendanceLineView.as_view(), name="attendance_line"),
    path("attendance/people/<uuid:uuid>/", AttendancePresenceView.as_view(), name="attendance_presence"),
    path("attendance/records/<uuid:uuid>/remove/", AttendanceTakeOutView.as_view(), name="attendance_take_out"),
]
