from django.http import HttpResponse
from django.urls import path

from municipalities import views


def stub(request, **kwargs):  # PLACEHOLDER: the owner replaces every line that uses it
    return HttpResponse("not yet")


app_name = "municipalities"
urlpatterns = [
    path("", stub, name="list"),
    path("search/", views.municipality_search, name="search"),
    path("<slug:slug>/", stub, name="detail"),
]
