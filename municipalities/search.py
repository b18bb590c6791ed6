"""Municipalities as the search finds and shows them."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from municipalities.models import Membership, Municipality, Presentation
from network_portal.common.search import Query
from network_portal.common.templatetags.portal import thousands
from network_portal.search import services as index
from network_portal.search.kinds import Kind, Shown
from network_portal.search.services import Document

BATCH = 500  # rows read at a time
LANGUAGES = {"PT": "pt", "ES": "es", "IT": "it"}


def index_municipalities(towns: list[Municipality]) -> None:
    """Write what the search knows of ``towns`` anew, in the transaction of who changed them."""
    said = _said()
    index.write(MUNICIPALITIES.code, (_document(town, said) for town in towns))


def municipality_documents(towns: QuerySet) -> Iterator[Document]:
    """Of each town the name, where it is, and what it says of itself."""
    said = _said()
    for town in towns.order_by("pk").iterator(chunk_size=BATCH):
        yield _document(town, said)


def _said() -> dict[int, tuple[str, str]]:
    """By town the language and the text; few have said anything."""
    rows = Presentation.objects.values_list("municipality", "language", "text", "service")
    said = {town: (language, "\n\n".join(filter(None, texts))) for town, language, *texts in rows}
    return {town: (language, text) for town, (language, text) in said.items() if text}


def _document(town: Municipality, said: dict[int, tuple[str, str]]) -> Document:
    where = dict.fromkeys(filter(None, [town.district, town.region]))
    language, text = said.get(town.pk) or (LANGUAGES.get(town.country, "en"), "")
    return Document(object_id=town.pk, language=language, title=town.name, summary=", ".join(where), text=text)


def _shown(towns: QuerySet, query: Query) -> dict[int, Shown]:
    current = Prefetch("memberships", Membership.objects.current(), to_attr="now")
    return {town.pk: _shown_town(town) for town in towns.prefetch_related(current)}


def _shown_town(town: Municipality) -> Shown:
    facts = [(_("Residents"), thousands(town.residents))] if town.residents is not None else []
    if town.now:
        facts.append((_("In the network"), town.now[0].get_kind_display()))
    return Shown(town.get_absolute_url(), tuple(facts))


MUNICIPALITIES = Kind(
    code="municipality",
    label=pgettext_lazy("one result", "Municipality"),
    plural=gettext_lazy("Municipalities"),
    records=lambda: Municipality.objects.all(),
    visible_to=lambda user: Municipality.objects.all(),  # the register is wholly public
    documents=municipality_documents,
    shown=_shown,
)
