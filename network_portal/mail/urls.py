from django.urls import path

from network_portal.mail.views import outbox, subscription

app_name = "mail"
urlpatterns = [
    path("outbox/", outbox.OutboxView.as_view(), name="outbox"),
    path("outbox/pause/", outbox.outbox_pause, name="pause"),
    path("outbox/resume/", outbox.outbox_resume, name="resume"),
    path("outbox/<int:pk>/retry/", outbox.outbox_retry, name="retry"),
    path("outbox/<int:pk>/done/", outbox.outbox_done, name="done"),
    path("unsubscribe/<str:token>/", subscription.unsubscribe, name="unsubscribe"),
]
