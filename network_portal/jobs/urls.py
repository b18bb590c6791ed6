from django.urls import path

from network_portal.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:uuid>/", views.JobView.as_view(), name="detail"),
    path("<uuid:uuid>/file/", views.job_file, name="file"),
]
