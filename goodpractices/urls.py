from django.urls import include, path

from goodpractices.views import public

app_name = "goodpractices"
urlpatterns = [
    path("write/", include("goodpractices.write_urls")),
    path("review/", include("goodpractices.review_urls")),
    path("<slug:slug>/", public.PracticeDetailView.as_view(), name="detail"),
    path("<slug:slug>/v<int:number>/", public.practice_version, name="version"),
    path("<slug:slug>/card.png", public.practice_card, name="card"),
]
