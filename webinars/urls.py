from django.urls import include, path

from webinars.views import (
    after,
    agenda,
    agenda_practice,
    cycles,
    feeds,
    figures,
    join,
    manage,
    people,
    public,
    recordings,
    registration,
    towns,
    webinar_figures,
)

app_name = "webinars"
urlpatterns = [
    # public
    path("", public.WebinarListView.as_view(), name="list"),
    path("cycles/<slug:slug>/", public.CycleView.as_view(), name="cycle"),
    path("recordings/", recordings.RecordingListView.as_view(), name="recordings"),
    path("cycles/<slug:slug>/figures/", figures.FiguresView.as_view(), name="figures"),
    path("cycles/<slug:slug>/figures.<str:kind>", figures.figures_file, name="figures_file"),
    # focal points
    path("cycles/<slug:slug>/towns/<slug:town>/", towns.TownView.as_view(), name="town"),
    path("cycles/<slug:slug>/towns/<slug:town>/figures.<str:kind>", towns.TownFileView.as_view(), name="town_file"),
    # coordinators
    path("manage/", manage.ManageView.as_view(), name="manage"),
    path("manage/new/", manage.WebinarCreateView.as_view(), name="create"),
    path("manage/cycles/new/", cycles.CycleCreateView.as_view(), name="cycle_create"),
    path("manage/cycles/<slug:slug>/not-reached/", figures.NotReachedView.as_view(), name="not_reached"),
    path("manage/cycles/<slug:slug>/", cycles.CycleEditView.as_view(), name="cycle_edit"),
    path("manage/cycles/", include("webinars.cycle_mail_urls")),
    path("manage/<slug:slug>/", manage.WebinarEditView.as_view(), name="edit"),
    path("manage/<slug:slug>/agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path(
        "manage/<slug:slug>/agenda/<int:pk>/practice/",
        agenda_practice.AgendaPracticeView.as_view(),
        name="agenda_practice",
    ),
    path("manage/<slug:slug>/publish/", manage.webinar_publish, name="publish"),
    path("manage/<slug:slug>/cancel/", manage.WebinarCancelView.as_view(), name="cancel"),
    path("manage/<slug:slug>/people/", people.PeopleView.as_view(), name="people"),
    path("manage/<slug:slug>/people/add/", people.PeopleAddView.as_view(), name="people_add"),
    path("manage/<slug:slug>/people/export.<str:kind>", people.PeopleExportView.as_view(), name="people_export"),
    path("manage/<slug:slug>/figures/", webinar_figures.WebinarFiguresView.as_view(), name="webinar_figures"),
    path("manage/<slug:slug>/figures.<str:kind>", webinar_figures.WebinarFiguresFileView.as_view(), name="webinar_figures_file"),
    path("manage/<slug:slug>/answers/", after.AnswersView.as_view(), name="answers"),
    path("manage/people/<uuid:uuid>/remove/", people.PersonRemoveView.as_view(), name="person_remove"),
    path("manage/", include("webinars.attendance_urls")),
    path("manage/", include("webinars.recording_urls")),
    # a person's own registrations
    path("registrations/<uuid:uuid>/", registration.registration, name="registration"),
    path("registrations/<uuid:uuid>/calendar.ics", registration.registration_calendar, name="registration_calendar"),
    path("registrations/<uuid:uuid>/cancel/", registration.registration_cancel, name="registration_cancel"),
    path("place/<str:token>/", join.join, name="join"),  # the personal signed link
    path("place/<str:token>/check-in/", join.check_in, name="check_in"),
    path("place/<str:token>/give-back/", join.give_back, name="give_back"),
    # what people thought of it, by the same link
    path("place/example/survey/", after.example, name="survey_example"),
    path("place/<str:token>/survey/", after.survey, name="survey"),
    path("place/<str:token>/survey/gender/", after.gender, name="survey_gender"),
    path("place/<str:token>/survey/thanks/", after.thanks, name="survey_thanks"),
    path("", include("webinars.certificate_urls")),
    # one webinar, last because its slug matches anything
    path("<slug:slug>/", public.WebinarDetailView.as_view(), name="detail"),
    path("<slug:slug>/calendar.ics", feeds.webinar_calendar, name="calendar"),
    path("<slug:slug>/poster.png", recordings.poster, name="poster"),
    path("<slug:slug>/transcript/", recordings.transcript, name="transcript"),
    path("<slug:slug>/slides/<uuid:uuid>/", recordings.slides_file, name="slides_file"),
    path("<slug:slug>/register/", registration.register, name="register"),
    path("<slug:slug>/register/check/", registration.register_check, name="register_check"),
]
