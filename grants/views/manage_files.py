"""The files of a call: documents, and what belongs to its result."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from grants import files
from grants.emails import count_followers
from grants.manage_forms_deeds import FileForm
from grants.manage_forms_whole import NoticeForm
from grants.models import Call, CallFile
from grants.views.manage_writing import call_of
from network_portal.common.errors import DomainError
from network_portal.common.kept import NoRoom

KINDS = CallFile.Kind


def needs_notice(call: Call, kind: str) -> bool:
    """Documents of a published call change in public."""
    return kind == KINDS.DOCUMENT and call.state == Call.State.PUBLISHED


@method_decorator(never_cache, name="dispatch")
class FilesView(View):
    """The files, and a form that adds one; ``?kind=result`` for those of the result."""

    def get(self, request, slug):
        call = call_of(request, slug)
        return self._page(request, call, FileForm(needs_notice=needs_notice(call, self.kind)))

    def post(self, request, slug):
        call = call_of(request, slug)
        form = FileForm(request.POST, request.FILES, needs_notice=needs_notice(call, self.kind))
        if not form.is_valid():
            return self._page(request, call, form)
        try:
            file, is_new = files.add_file(call, by=request.user, kind=self.kind, **form.answers())
        except DomainError as error:
            form.add_error("file", str(error))
            return self._page(request, call, form, status=503 if isinstance(error, NoRoom) else 200)
        text = _("“%(title)s” was added.") if is_new else _("This file is there already: “%(title)s”. It was kept once.")
        messages.success(request, text % {"title": file.title})
        return redirect(request.get_full_path())

    @property
    def kind(self) -> str:
        return KINDS.RESULT if self.request.GET.get("kind") == KINDS.RESULT else KINDS.DOCUMENT

    def _page(self, request, call, form, *, status: int = 200):
        context = {
            "call": call,
            "form": form,
            "kind": self.kind,
            "files": call.files.filter(kind=self.kind).order_by("added_at", "pk"),
            "may_change": call.state in files.STATES[self.kind],
            "mails": count_followers(call) if needs_notice(call, self.kind) else 0,
        }
        return render(request, "grants/manage/files.html", context, status=status)


@method_decorator(never_cache, name="dispatch")
class FileRemoveView(View):
    """Asks before a file is deleted; for a published call with the notice of a correction."""

    def get(self, request, uuid):
        return self._page(request, *self._file(request, uuid))

    def post(self, request, uuid):
        file, form = self._file(request, uuid, request.POST)
        if form is not None and not form.is_valid():
            return self._page(request, file, form)
        title, back = file.title, self._back(file)
        try:
            files.remove_file(file, by=request.user, notice=form.cleaned_data["notice"] if form else "")
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(back)
        messages.success(request, _("“%(title)s” was deleted.") % {"title": title})
        return redirect(back)

    def _file(self, request, uuid, data=None):
        file = get_object_or_404(CallFile.objects.select_related("call"), uuid=uuid)
        if not Call.objects.manageable_by(request.user).filter(pk=file.call_id).exists():
            raise Http404
        return file, NoticeForm(data) if needs_notice(file.call, file.kind) else None

    def _back(self, file) -> str:
        page = redirect("grants:files", file.call.slug).url
        return f"{page}?kind=result" if file.kind == KINDS.RESULT else page

    def _page(self, request, file, form):
        mails = count_followers(file.call) if form else 0
        context = {"call": file.call, "file": file, "form": form, "mails": mails, "back": self._back(file)}
        return render(request, "grants/manage/file_remove.html", context)
