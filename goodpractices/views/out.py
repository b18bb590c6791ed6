"""The catalogue as data: files of what an address finds, everything of one practice, and what each column says."""

import json
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from goodpractices import exports
from goodpractices.addresses import read_address
from goodpractices.catalogue import find
from goodpractices.models import Practice
from network_portal.common.exports import CSV_TYPE, XLSX_TYPE
from network_portal.common.links import absolute
from network_portal.common.streams import csv_parts, xlsx_parts

JSON_TYPE = "application/json; charset=utf-8"
SHEETS = {"csv": (csv_parts, CSV_TYPE), "xlsx": (xlsx_parts, XLSX_TYPE)}


@login_not_required
@require_safe
def practices_file(request, kind):
    """What the address finds, all of it, as CSV, Excel or JSON; read while it is sent."""
    if kind not in (*SHEETS, "json"):
        raise Http404
    pks = find(read_address(request.GET)).everything()
    if kind == "json":
        parts, content_type = _json_parts(pks, request), JSON_TYPE
    else:
        write, content_type = SHEETS[kind]
        parts = write([column.name for column in exports.COLUMNS], exports.rows_of(pks))
    headers = {"Content-Disposition": f'attachment; filename="practices.{kind}"'}
    return StreamingHttpResponse(_in_language(parts, get_language()), content_type=content_type, headers=headers)


def _in_language(parts: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The file is read when the request is over, and with it its language."""
    with override(language):
        yield from parts


def _json_parts(pks: list[int], request) -> Iterator[bytes]:
    columns = absolute(reverse("goodpractices:columns"))
    head = {"address": absolute(request.get_full_path()), "licence": exports.LICENCE, "columns": columns}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "practices": ['
    for number, record in enumerate(exports.records_of(pks)):
        yield (",\n" if number else "\n").encode() + json.dumps(record, ensure_ascii=False).encode()
    yield b"\n]}\n"


@login_not_required
@require_safe
def practice_data(request, slug):
    """Everything public of one practice, archived ones too."""
    practice = get_object_or_404(Practice.objects.readable().only("pk"), slug=slug)
    return JsonResponse(next(exports.records_of([practice.pk])), json_dumps_params={"ensure_ascii": False})


@method_decorator(login_not_required, name="dispatch")
class ColumnsView(TemplateView):
    """What each column of the files says."""

    template_name = "goodpractices/columns.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(columns=exports.COLUMNS, **kwargs)
