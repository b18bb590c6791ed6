"""The project package: the bottom and the top, kept apart."""

from network_portal.celery import app as celery_app

__all__ = ["celery_app"]
