from django.http import HttpResponse
from django.urls import path


def stub(request, **kwargs):  # PLACEHOLDER: the owner replaces every line that uses it
    return HttpResponse("not yet")


app_name = "demo_mail"
urlpatterns = [
    path("", stub, name="list"),
    path("<int:pk>/", stub, name="detail"),
]
