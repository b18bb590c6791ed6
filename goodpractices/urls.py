from django.urls import include, path

app_name = "goodpractices"
urlpatterns = [
    path("write/", include("goodpractices.write_urls")),
    path("review/", include("goodpractices.review_urls")),
]
