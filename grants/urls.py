from django.urls import include, path

from grants.views import public

app_name = "grants"
urlpatterns = [
    path("", public.CallListView.as_view(), name="list"),
    path("following/", public.FollowThemesView.as_view(), name="follow_themes"),
    path("files/<uuid:uuid>/", public.file, name="file"),
    path("manage/", include("grants.manage_urls")),
    # one call, last because its slug matches anything
    path("<slug:slug>/", public.CallDetailView.as_view(), name="detail"),
    path("<slug:slug>/check/", public.check, name="check"),
    path("<slug:slug>/follow/", public.follow, name="follow"),
    path("<slug:slug>/ask/", public.ask, name="ask"),
    path("<slug:slug>/calendar.ics", public.calendar, name="calendar"),
]
