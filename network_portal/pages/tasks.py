"""The night's task."""

from celery import shared_task

from network_portal.pages import search


@shared_task(name="pages.rebuild_search", ignore_result=True)
def rebuild_search() -> None:
    """What a change beside the records (a renamed term) left behind is found from the next day on."""
    search.rebuild()
