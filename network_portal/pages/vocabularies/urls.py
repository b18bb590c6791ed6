from django.urls import path

from network_portal.pages.vocabularies import views

app_name = "vocabularies"
urlpatterns = [
    path("", views.VocabularyListView.as_view(), name="list"),
    path("<slug:vocabulary>/", views.VocabularyView.as_view(), name="detail"),
    path("<slug:vocabulary>/add/", views.TermAddView.as_view(), name="add"),
    path("<slug:vocabulary>/<slug:code>/", views.TermEditView.as_view(), name="term"),
    path("<slug:vocabulary>/<slug:code>/move/", views.term_move, name="move"),
    path("<slug:vocabulary>/<slug:code>/retire/", views.term_retire, name="retire"),
    path("<slug:vocabulary>/<slug:code>/bring-back/", views.term_bring_back, name="bring_back"),
]
