from django.urls import include, path

from goodpractices.views import catalogue, files, history, out, public
from goodpractices.views.moved import at_first_address_too

app_name = "goodpractices"
urlpatterns = [
    path("", catalogue.CatalogueView.as_view(), name="list"),
    path("columns/", out.ColumnsView.as_view(), name="columns"),
    path("export.<str:kind>", out.practices_file, name="export"),
    path("files/<uuid:uuid>/", files.file, name="file"),
    path("files/<uuid:uuid>/<int:width>/", files.picture, name="picture"),
    path("write/", include("goodpractices.write_urls")),
    path("review/", include("goodpractices.review_urls")),
    path("<slug:slug>/", at_first_address_too(public.PracticeDetailView.as_view()), name="detail"),
    path("<slug:slug>/v<int:number>/", at_first_address_too(public.practice_version), name="version"),
    path("<slug:slug>/history/", at_first_address_too(history.practice_history), name="history"),
    path("<slug:slug>/card.png", public.practice_card, name="card"),
    path("<slug:slug>/data.json", out.practice_data, name="data"),
]
