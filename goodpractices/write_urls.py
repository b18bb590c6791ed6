"""Writing a practice, below ``write/``, keyed by its pk."""

from django.urls import path

from goodpractices.views import submit, write, write_section

urlpatterns = [
    path("", write.MyPracticesView.as_view(), name="mine"),
    path("new/", write.StartView.as_view(), name="new"),
    path("<int:pk>/", write.write, name="write"),
    path("<int:pk>/form/", write.choose_form, name="choose_form"),
    path("<int:pk>/version/", write.new_version, name="new_version"),
    path("<int:pk>/preview/", write.preview, name="preview"),
    path("<int:pk>/submit/", submit.SubmitView.as_view(), name="submit"),
    path("<int:pk>/<slug:code>/", write_section.SectionView.as_view(), name="section"),
]
