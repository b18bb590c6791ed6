"""The floor: a bare Django application without middleware that does a page's one query and renders as many bytes.

Also a registration's least: a form with CSRF, an insert under ``SELECT … FOR UPDATE``, a confirmation page. And the
catalogue's: the same rows and the same counts (``bench.floor_catalogue``).
"""

import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.floor",
        DATABASES={},
        INSTALLED_APPS=[],
        MIDDLEWARE=[],
    )
    import environ

    settings.DATABASES["default"] = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    settings.DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from bench import floor_catalogue

PAGE = Engine().from_string("<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ text }}</p>")
FORM = Engine().from_string(
    '<!doctype html><main><form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}"></form></main>'
)


def event(request):
    """One query, as many bytes as the portal's page (``?bytes=``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM webinars_webinar WHERE state = 'published' ORDER BY starts_at LIMIT 1")
        title = cursor.fetchone()[0]
    return HttpResponse(PAGE.render(Context({"title": title, "text": "x" * int(request.GET.get("bytes", 20_000))})))


@csrf_protect
def register(request):
    """A form page, then an insert under a row lock, then a page."""
    from django.middleware.csrf import get_token

    if request.method == "GET":
        return HttpResponse(FORM.render(Context({"token": get_token(request)})))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM webinars_webinar ORDER BY id LIMIT 1 FOR UPDATE")
        cursor.execute("INSERT INTO bench_floor DEFAULT VALUES")
    return HttpResponse(PAGE.render(Context({"title": "confirmed", "text": "x" * 8_000})))


urlpatterns = [path("event", event), path("register", register), *floor_catalogue.urlpatterns]
application = get_wsgi_application()
