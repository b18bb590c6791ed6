from django.http import HttpResponse
from django.urls import path


def stub(request, **kwargs):  # PLACEHOLDER: the owner replaces every line that uses it
    return HttpResponse("not yet")


app_name = "pages"
urlpatterns = [
    path("", stub, name="home"),
    path("my/", stub, name="my_page"),
    path("about/", stub, name="about"),
    path("contact/", stub, name="contact"),
    path("accessibility/", stub, name="accessibility"),
    path("privacy/", stub, name="privacy"),
    path("styleguide/", stub, name="style_guide"),
]
