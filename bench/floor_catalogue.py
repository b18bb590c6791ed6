"""The floor of the catalogue: the rows of a page, the number of all, and the counts of every facet, by plain SQL.

``counts=sql`` counts in the database, as a bare application would; ``counts=none`` leaves the counts out: what the rows alone
cost. ``words`` is a tsquery; ``theme`` the code of a term; ``page`` from 1.
"""

from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

PAGE_SIZE = 20
LIST = Engine().from_string(
    "<!doctype html><title>{{ total }}</title><ol>{% for row in rows %}<li><a href='/practices/{{ row.0 }}/'>{{ row.1 }}</a>"
    "<p>{{ row.2 }}</p><p>{{ row.3 }} {{ row.4 }}</p></li>{% endfor %}</ol>"
    "{% for facet, code, count in counts %}<label><input type='checkbox' name='{{ facet }}' value='{{ code }}'>"
    "{{ code }} {{ count }}</label>{% endfor %}"
)
SHEET = Engine().from_string(
    "<!doctype html><h1>{{ row.0 }}</h1>{% for text in texts %}<p>{{ text }}</p>{% endfor %}<p>{{ text }}</p>"
)
WHERE = "p.state = 'public' {narrowed}"
NARROWED = {
    "words": "AND p.id IN (SELECT object_id FROM search_entry WHERE kind = 'practice' AND vector @@ (SELECT %s::tsquery))",
    "theme": """AND p.id IN (SELECT practice_id FROM goodpractices_practiceterm l JOIN vocabularies_term t ON t.id = l.term_id
        WHERE t.vocabulary = 'theme' AND t.code = %s)""",
}
ROWS = """SELECT p.slug, p.title, p.summary, p.evidence, m.name
    FROM goodpractices_practice p JOIN municipalities_municipality m ON m.id = p.municipality_id
    WHERE {where} ORDER BY p.published_at DESC, p.id DESC LIMIT {size} OFFSET %s"""
TOTAL = "SELECT count(*) FROM goodpractices_practice p WHERE {where}"
COUNTS = """WITH found AS MATERIALIZED (
    SELECT p.id, p.evidence, p.language, p.is_running, p.has_video, p.practice_type_id, p.cost_band_id, p.staff_hours,
        extract(year FROM p.starts_on) AS year, p.municipality_id
    FROM goodpractices_practice p WHERE {where}
)
    SELECT t.vocabulary, t.code, count(*) FROM found f JOIN goodpractices_practiceterm l ON l.practice_id = f.id
        JOIN vocabularies_term t ON t.id = l.term_id WHERE t.vocabulary IN ('theme', 'axis', 'target_group', 'area') GROUP BY 1, 2
    UNION ALL
    SELECT concat(grouping(evidence, language, is_running, has_video, practice_type_id, cost_band_id, hours, year, district,
        nuts3, band)), concat(evidence, language, is_running, has_video, practice_type_id, cost_band_id, hours, year, district,
        nuts3, band), count(*)
    FROM (SELECT f.*, m.district, m.nuts3, width_bucket(m.residents, ARRAY[5000, 10000, 20000, 50000, 100000]) AS band,
        width_bucket(f.staff_hours, ARRAY[0, 1, 11, 41, 161]) AS hours
        FROM found f JOIN municipalities_municipality m ON m.id = f.municipality_id) AS facts
    GROUP BY GROUPING SETS ((evidence), (language), (is_running), (has_video), (practice_type_id), (cost_band_id), (hours),
        (year), (district), (nuts3), (band))"""


def catalogue(request):
    """Three queries: the page's rows, how many there are, and the counts of every facet; two without counts."""
    asked = [(name, request.GET[name]) for name in NARROWED if request.GET.get(name)]
    where = WHERE.format(narrowed=" ".join(NARROWED[name] for name, _value in asked))
    given, counts = [value for _name, value in asked], []
    start = PAGE_SIZE * (int(request.GET.get("page", 1)) - 1)
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(where=where, size=PAGE_SIZE), [*given, start])
        rows = cursor.fetchall()
        cursor.execute(TOTAL.format(where=where), given)
        total = cursor.fetchone()[0]
        if request.GET.get("counts") == "sql":
            cursor.execute(COUNTS.format(where=where), given)
            counts = cursor.fetchall()
    return _of_size(LIST, {"rows": rows, "total": total, "counts": counts}, request)


def practice(request):
    """One query: a practice with its sections (``?slug=``)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.title, p.summary, m.name, s.code, s.content::text FROM goodpractices_practice p
            JOIN municipalities_municipality m ON m.id = p.municipality_id
            JOIN goodpractices_section s ON s.version_id = p.public_version_id WHERE p.slug = %s""",
            [request.GET["slug"]],
        )
        rows = cursor.fetchall()
    return _of_size(SHEET, {"row": rows[0], "texts": [row[4] for row in rows]}, request)


def _of_size(template, shown: dict, request) -> HttpResponse:
    """Filled up to ``?bytes=``."""
    page = template.render(Context(shown))
    missing = max(int(request.GET.get("bytes", 0)) - len(page.encode()), 0)
    return HttpResponse(page + "x" * missing)


urlpatterns = [path("catalogue", catalogue), path("practice", practice)]
