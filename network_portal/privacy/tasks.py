"""The night's task."""

from celery import shared_task
from django.utils import timezone

from network_portal.privacy import services


@shared_task(name="privacy.forget_due", ignore_result=True)
def forget_due() -> None:
    """Names go when their time is over."""
    services.forget_due(now=timezone.now())
