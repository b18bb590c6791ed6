"""The life of a practice, below ``review/``: sent, reviewed, kept true, put away; keyed by its pk."""

from django.urls import path

from goodpractices.views import deeds, figures, history, review, review_queue, still_true

urlpatterns = [
    path("", review_queue.ReviewQueueView.as_view(), name="review_queue"),
    path("grid/", history.review_grid, name="review_grid"),
    path("deleted/", deeds.DeletedView.as_view(), name="deleted"),
    path("figures/", figures.CatalogueFiguresView.as_view(), name="figures"),
    path("figures/figures.csv", figures.figures_file, name="figures_file"),
    path("true/<str:token>/", still_true.still_true_link, name="still_true_link"),
    path("<int:pk>/", review.ReviewView.as_view(), name="review"),
    path("<int:pk>/take/", review.review_take, name="review_take"),
    path("<int:pk>/unseen/", review.review_unseen, name="review_unseen"),
    path("<int:pk>/still-true/", still_true.still_true, name="still_true"),
    path("<int:pk>/withdraw/", deeds.WithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/archive/", deeds.ArchiveView.as_view(), name="archive"),
    path("<int:pk>/delete/", deeds.DeleteView.as_view(), name="delete"),
    path("<int:pk>/restore/", deeds.RestoreView.as_view(), name="restore"),
    path("<int:pk>/unpublish/", deeds.UnpublishView.as_view(), name="unpublish"),
    path("<int:pk>/bring-back/", deeds.bring_back, name="bring_back"),
    path("<int:pk>/feature/", deeds.feature, name="feature"),
    path("<int:pk>/unfeature/", deeds.unfeature, name="unfeature"),
]
