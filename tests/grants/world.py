"""Calls of the small network: one that is open, a draft, and what costs more to make when it is asked for."""

from datetime import timedelta
from functools import cached_property

from django.core.files.base import ContentFile
from django.utils import timezone

from grants import services
from grants.models import Call, CallFile
from tests.grants.calls import make_call
from tests.office import PDF


class CallsWorld:
    def __init__(self, people: dict, other):
        self.people, self.other = people, other
        self.call, self.draft = self._call("Chamada", "published"), self._call("Esboço", "draft", slug="esboco")
        self.file, self.draft_file = self._file(self.call), self._file(self.draft)

    def _call(self, title: str, state: str, **fields) -> Call:
        now = timezone.now()
        return Call.objects.create(
            title=title, slug=fields.pop("slug", title.lower()), kind="subsidy", state=state, summary="Um resumo.",
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=10),
            published_at=None if state == "draft" else now, **fields,
        )  # fmt: skip

    def _file(self, call: Call) -> CallFile:
        facts = {"file_name": "aviso.pdf", "content_type": "application/pdf", "size": len(PDF), "sha256": "0" * 64}
        kept = CallFile(call=call, title="Aviso", **facts)
        kept.content.save("", ContentFile(PDF))
        return kept

    @cached_property
    def ready(self) -> Call:
        """A draft from which nothing is missing."""
        return make_call("draft", by=self.people["CO"])

    @cached_property
    def open(self) -> Call:
        return make_call("open", by=self.people["CO"])

    @cached_property
    def closed(self) -> Call:
        return make_call("closed", by=self.people["CO"])

    @cached_property
    def question(self):
        """Of the open call."""
        return services.ask(self.open, by=self.other, text="E as uniões de freguesias?")

    @property
    def values(self) -> dict:
        """What ``$name`` stands for in permissions.yml."""
        return {
            "call": self.call.slug, "call_draft": self.draft.slug,
            "call_file": self.file.uuid, "call_draft_file": self.draft_file.uuid,
            "call_ready": lambda: self.ready.slug, "call_ready_seen": lambda: self.ready.changed_at.isoformat(),
            "call_open": lambda: self.open.slug, "call_closed": lambda: self.closed.slug,
            "call_question": lambda: self.question.pk,
        }  # fmt: skip
