"""The review of one practice: its text beside the comments, the grid, and the decision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import View

from goodpractices import services
from goodpractices.completeness import still_missing
from goodpractices.diffs import changed_sections
from goodpractices.errors import (
    CommentMissing,
    GridIncomplete,
    NotReady,
    NotYours,
    ReasonMissing,
    SecondLookNeeded,
    WrongState,
)
from goodpractices.models import Practice, Review, Version
from goodpractices.people import first_reviewer, second_reviewers
from goodpractices.plain import parts_of
from goodpractices.review_forms import ReviewForm
from goodpractices.reviewing import judged
from goodpractices.services import acting
from goodpractices.services.projection import contents_of, shown_of
from goodpractices.services.reviewing import HELD
from goodpractices.steps import next_step
from goodpractices.views.own import reviewed_practice
from network_portal.common.errors import DomainError
from network_portal.vocabularies.reading import current

WAITING = (Version.State.SUBMITTED, Version.State.IN_REVIEW, Version.State.SECOND_REVIEW)
Decision = Review.Decision
DONE = {
    Decision.CHANGES: gettext_lazy("The authors have your comments and can write again."),
    Decision.PASS_ON: gettext_lazy("It waits for a second look by somebody else."),
    Decision.PUBLISH: gettext_lazy("The practice is published."),
    Decision.DECLINE: gettext_lazy("The practice is declined. Its authors read your reasons."),
}


@method_decorator(never_cache, name="dispatch")
class ReviewView(View):
    """Read, comment, judge, decide; or save and go on later."""

    def get(self, request, pk):
        practice = reviewed_practice(request, pk)
        if practice.work_version is None or practice.work_version.state not in WAITING:
            return redirect("goodpractices:history", practice.slug)
        return _page(request, practice)

    def post(self, request, pk):
        practice = reviewed_practice(request, pk)
        is_deciding = "save" not in request.POST
        form = _form_of(practice, request.user, request.POST)
        try:
            _check_held(practice, request.user)
        except (NotYours, WrongState) as error:
            return _lost_page(request, practice, form, error)
        if not form.is_valid():
            return _page(request, practice, form)
        if is_deciding and not form.cleaned_data["decision"]:
            form.add_error("decision", _("Say what you decide, or save and go on later."))
            return _page(request, practice, form)
        return self._decide(request, practice, form) if is_deciding else self._save(request, practice, form)

    def _save(self, request, practice, form):
        try:
            services.save_review(practice, by=request.user, notes=form.notes())
        except DomainError as error:
            return _lost_page(request, practice, form, error)
        messages.success(request, _("Your notes are saved. Nobody else reads them before you decide."))
        return redirect("goodpractices:review", practice.pk)

    def _decide(self, request, practice, form):
        try:
            _decide(practice, form, by=request.user)
        except (NotYours, WrongState) as error:
            return _lost_page(request, practice, form, error)
        except DomainError as error:
            _say_where(form, error)
            return _page(request, practice, form)
        messages.success(request, DONE[form.cleaned_data["decision"]])
        return redirect("goodpractices:review_queue")


@require_POST
def review_take(request, pk):
    """Begin the review, or take it over from a colleague with a reason."""
    practice = reviewed_practice(request, pk)
    try:
        services.take(practice, by=request.user, reason=request.POST.get("reason", "")[:1000])
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("goodpractices:review", pk)


@require_POST
def review_unseen(request, pk):
    """The first reviewer publishes what nobody took a second look at, and says why."""
    practice = reviewed_practice(request, pk)
    reason = request.POST.get("reason", "").strip()[:1000]
    if not reason:
        messages.error(request, _("Say why it is published without a second look."))
        return redirect("goodpractices:review", pk)
    try:
        services.publish(practice, by=request.user, notes=services.Notes(), without_second=reason)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("goodpractices:review", pk)
    messages.success(request, DONE[Decision.PUBLISH])
    return redirect("goodpractices:review_queue")


def _check_held(practice: Practice, user) -> None:
    """Whether ``user`` still has the review: before anything else that may be wrong is said. Raises WrongState, NotYours."""
    if acting.work_of(practice, *HELD).reviewer_id != user.pk:
        raise NotYours(_("Somebody else has taken this review over. What you wrote was not saved."))


def _decide(practice: Practice, form: ReviewForm, *, by) -> None:
    notes, decision = form.notes(), form.cleaned_data["decision"]
    if decision == Decision.CHANGES:
        services.request_changes(practice, by=by, notes=notes)
    elif decision == Decision.PASS_ON:
        services.pass_on(practice, by=by, notes=notes)
    elif decision == Decision.DECLINE:
        services.decline(practice, by=by, reason=notes.text, notes=notes)
    else:
        services.publish(practice, by=by, notes=notes, without_second=form.cleaned_data.get("without_second", ""))


def _say_where(form: ReviewForm, error: DomainError) -> None:
    """The error at the field where it can be mended."""
    if isinstance(error, NotReady):
        for code, problems in error.problems.items():
            sentence = " ".join(problem.sentence for problem in problems)
            form.add_error(f"section-{code}", _("It cannot be published yet. %(missing)s") % {"missing": sentence})
    elif isinstance(error, GridIncomplete):
        for code in error.criteria:
            form.add_error(
                f"{code}-level", _("Say how far it is met: %(criterion)s.") % {"criterion": form[f"{code}-level"].label}
            )
    elif isinstance(error, ReasonMissing):
        form.add_error("text", str(error))
    elif isinstance(error, CommentMissing):
        form.add_error(f"section-{form.codes[0]}", str(error))
    elif isinstance(error, SecondLookNeeded) and "without_second" in form.fields:
        form.add_error("without_second", str(error))
    else:
        form.add_error("decision", str(error))


def _version_of(practice: Practice) -> Version:
    """The one that is, or was last, reviewed."""
    return practice.work_version or practice.versions.select_related("reviewer").order_by("-number")[0]


def _form_of(practice: Practice, user, data=None) -> ReviewForm:
    version = _version_of(practice)
    was_full = data is not None and "section-blocks" in data  # when it was opened: its comments stay, whatever the form is now
    parts = parts_of(Version.Form.FULL if was_full else version.form, contents_of(version), current())
    review = version.reviews.filter(decision="").prefetch_related("comments").first()
    can_pass_on = version.state == Version.State.IN_REVIEW and bool(second_reviewers(practice, besides=[user]))
    form = ReviewForm(data, parts=parts, review=review, can_pass_on=can_pass_on)
    form.parts = parts
    return form


def _lost_page(request, practice: Practice, form: ReviewForm, error: DomainError):
    """Somebody was faster: everything that was typed is shown once more, and nothing can be sent."""
    form.add_error(None, str(error))
    return _page(request, reviewed_practice(request, practice.pk), form, is_lost=True)


def _page(request, practice: Practice, form: ReviewForm | None = None, *, is_lost: bool = False):
    version = _version_of(practice)
    form = form or _form_of(practice, request.user)
    reviews = version.reviews.exclude(decision="").select_related("reviewer").prefetch_related("comments")
    before = [judged(review, with_names=True) for review in reviews.order_by("-decided_at")]
    is_mine = version.reviewer_id == request.user.pk
    is_second = version.state == Version.State.SECOND_REVIEW
    was_first = is_second and first_reviewer(version) == request.user
    context = {
        "practice": practice,
        "version": version,
        "step": next_step(practice, request.user),
        "form": form,
        "rows": [(part, form[f"section-{part.section.code}"]) for part in form.parts],
        "since": _changed_since(practice, version, before[0].at if before else None),
        "missing": still_missing(version.form, contents_of(version), to_publish=True),
        "before": before,
        "is_mine": is_mine or is_lost,
        "is_lost": is_lost,
        "is_second": is_second,
        "was_first": was_first,
        "can_go_without": was_first and version.reviewer_id is None,
    }
    return render(request, "goodpractices/review/review.html", context)


def _changed_since(practice: Practice, version: Version, looked_at) -> dict[str, str]:
    """Sections that changed: since the last look at this version, else since the public one; {code: words}."""
    if looked_at:
        saved = version.sections.filter(saved_at__gt=looked_at).values_list("code", flat=True)
        return dict.fromkeys(saved, _("changed since the last look"))
    if practice.public_version_id and practice.public_version_id != version.pk:
        old, new = shown_of(practice.public_version), shown_of(version)
        return dict.fromkeys(changed_sections(old, new, current()), _("differs from the public version"))
    return {}
