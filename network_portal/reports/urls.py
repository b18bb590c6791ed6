from django.urls import path

from network_portal.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.ReportListView.as_view(), name="list"),
    path("new/", views.ReportCreateView.as_view(), name="create"),
    path("<uuid:uuid>/", views.ReportView.as_view(), name="detail"),
    path("<uuid:uuid>/text/", views.report_text, name="text"),
    path("<uuid:uuid>/freeze/", views.ReportFreezeView.as_view(), name="freeze"),
    path("<uuid:uuid>/discard/", views.report_discard, name="discard"),
    path("<uuid:uuid>/correct/", views.ReportCorrectView.as_view(), name="correct"),
    path("<uuid:uuid>/<str:language>.csv", views.ReportCsvView.as_view(), name="csv"),
    path("<uuid:uuid>/file/", views.report_file, name="file"),
    path("rows/<slug:slug>/", views.cycle_rows, name="rows"),
]
