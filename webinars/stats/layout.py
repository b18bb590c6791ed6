"""Lays the counts of a cycle out in tables, each with its sentence of what it counts."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from municipalities.models import Municipality
from network_portal.common.text import fold
from network_portal.vocabularies.models import Vocabulary
from webinars.models import Registration, Webinar
from webinars.stats import roles, row_ids
from webinars.stats.counting import Counts
from webinars.stats.small_numbers import gender_split
from webinars.stats.tables import (
    CountRow,
    CycleTables,
    GroupRow,
    NotReachedRow,
    ReachedRow,
    RecordingRow,
    Table,
    WebinarRow,
    count_columns,
    per_cent,
)

Status = Registration.Status
YOUTUBE = "https://www.youtube.com/watch?v="


def lay_out(counts: Counts) -> CycleTables:
    webinars = _webinar_rows(counts)
    return CycleTables(
        cycle=counts.cycle,
        figures=counts.figures,
        until=counts.until,
        webinars=_webinars(counts, webinars),
        roles=roles.in_all(counts),
        roles_by_webinar=roles.by_webinar(counts),
        reached=_reached(counts),
        not_reached=_not_reached(counts),
        **_groups(counts),
        novelty=_novelty(counts),
        gender=gender_table(counts.genders, ids=lambda: row_ids.genders(counts.held)),
        satisfaction=_satisfaction(counts, webinars),
        recordings=_recordings(counts),
    )


def _webinar_rows(counts: Counts) -> tuple[WebinarRow, ...]:
    """By date. A town or a person is new at the first of the webinars that it came to."""
    held = [webinar for webinar in counts.webinars if counts.until or webinar.is_past]
    first_at = {}
    for webinar in held:
        first_at.setdefault(webinar.starts_at, webinar.pk)
    new_towns, new_people = dict.fromkeys((w.pk for w in held), 0), dict.fromkeys((w.pk for w in held), 0)
    for town in counts.reached:
        new_towns[first_at[town.first_start]] += 1
    for start, people in counts.first_timers.items():
        new_people[first_at[start]] += people
    rows, so_far = [], 0
    for webinar in counts.webinars:
        is_held = webinar.pk in new_towns
        so_far += new_towns.get(webinar.pk, 0)
        rows.append(_webinar_row(webinar, counts, is_held, new_towns.get(webinar.pk), new_people.get(webinar.pk), so_far))
    return tuple(rows)


def _webinar_row(webinar: Webinar, counts: Counts, is_held: bool, new_towns, new_people, so_far: int) -> WebinarRow:
    states = counts.registrations
    return WebinarRow(
        webinar=webinar,
        is_held=is_held,
        confirmed=states.get((webinar.pk, Status.CONFIRMED), 0),
        waiting=states.get((webinar.pk, Status.WAITING), 0),
        cancelled=states.get((webinar.pk, Status.CANCELLED), 0),
        attended=counts.came[webinar.pk] if is_held else None,
        municipalities=webinar.towns_came if is_held else None,
        new_municipalities=new_towns,
        cumulative_municipalities=so_far if is_held else None,
        new_people=new_people,
        returning_people=max(counts.came[webinar.pk] - new_people, 0) if is_held else None,
        satisfaction=round(webinar.usefulness / webinar.answers, 2) if webinar.answers else None,
        answers=webinar.answers,
        views=webinar.recording.views if webinar.has_recording else None,
    )


def _webinars(counts: Counts, rows: tuple[WebinarRow, ...]) -> Table:
    return Table(
        key="webinars",
        title=_("Webinars"),
        definition=_(
            "One row for each published webinar. Attended: attendances by the cycle's rule. A municipality and a person are"
            " new at the first webinar of the cycle that they attended."
        ),
        columns=(
            (_("Number"), lambda r: r.webinar.number),
            (_("Webinar"), lambda r: r.webinar.title),
            (_("Day"), lambda r: r.webinar.starts_local.date()),
            (_("Places"), lambda r: r.places),
            (_("Confirmed"), lambda r: r.confirmed),
            (_("Waiting"), lambda r: r.waiting),
            (_("Cancelled"), lambda r: r.cancelled),
            (_("Attended"), lambda r: r.attended),
            (_("Attended of confirmed (per cent)"), lambda r: r.percent),
            (_("Municipalities"), lambda r: r.municipalities),
            (_("New municipalities"), lambda r: r.new_municipalities),
            (_("Municipalities so far"), lambda r: r.cumulative_municipalities),
            (_("New people"), lambda r: r.new_people),
            (_("Returning people"), lambda r: r.returning_people),
            (_("Usefulness (1 to 5)"), lambda r: r.satisfaction),
            (_("Answers"), lambda r: r.answers),
            (_("Views of the recording"), lambda r: r.views),
        ),
        rows=rows,
        ids=lambda: row_ids.webinars(counts.webinars, counts.held),
    )


def _reached(counts: Counts) -> Table:
    kinds = {member.municipality_id: member.get_kind_display() for member in counts.members}
    firsts = {webinar.starts_at: webinar for webinar in reversed(counts.webinars)}
    rows = tuple(
        ReachedRow(town, town.participations, firsts[town.first_start], not town.came_before, kinds.get(town.pk, ""))
        for town in counts.reached
    )
    return Table(
        key="municipalities",
        title=_("Municipalities reached"),
        definition=_("Municipalities with at least one attendance in the cycle, and the first webinar that they attended."),
        columns=(
            (_("Code"), lambda r: r.municipality.code),
            (_("Municipality"), lambda r: r.municipality.label),
            (_("District"), lambda r: r.municipality.district),
            (_("NUTS 3"), lambda r: r.municipality.nuts3_name),
            (_("Region"), lambda r: r.municipality.region),
            (_("Membership"), lambda r: r.membership),
            (_("Participations"), lambda r: r.participations),
            (_("First webinar"), lambda r: r.first_webinar.number),
            (_("New in this cycle"), lambda r: _("Yes") if r.is_new else _("No")),
        ),
        rows=rows,
        ids=lambda: row_ids.attendance(counts.held, of_municipalities=True),
    )


def _not_reached(counts: Counts) -> Table:
    came = {town.pk for town in counts.reached}
    rows = [
        NotReachedRow(member.municipality, member, counts.coming.get(member.municipality_id, 0), member.written_at)
        for member in counts.members
        if member.municipality_id not in came
    ]
    return Table(
        key="not_reached",
        title=_("Municipalities not reached"),
        definition=_("Members of the network without attendance in the cycle, and their registrations for coming webinars."),
        columns=(
            (_("Code"), lambda r: r.municipality.code),
            (_("Municipality"), lambda r: r.municipality.label),
            (_("Membership"), lambda r: r.kind),
            (_("Contact person"), lambda r: r.membership.contact_name),
            (_("E-mail of the contact"), lambda r: r.membership.contact_email),
            (_("Last written to"), lambda r: r.written_at and r.written_at.date()),
            (_("Registrations to come"), lambda r: r.coming),
        ),
        rows=tuple(sorted(rows, key=lambda r: (not r.membership.contact_email, r.municipality.name_folded, r.municipality.pk))),
        ids=lambda: [f"membership:{row.membership.pk}" for row in rows],
    )


def _groups(counts: Counts) -> dict[str, Table]:
    """Reached and members by region, district, NUTS 3 and residents."""
    members = {member.municipality_id: member.municipality for member in counts.members}
    reached = {town.pk: town for town in counts.reached}
    towns = list((members | reached).values())

    def table(key: str, title: str, heading: str, label: Callable[[Municipality], str], order: Iterable[str] = ()) -> Table:
        return _group_table(key, title, heading, label, list(order), towns, members, reached, counts)

    def band(town: Municipality) -> str:
        found = counts.terms.band_of(Vocabulary.POPULATION_BAND, town.residents)
        return found.label if found else ""

    bands = [term.label for term in counts.terms.of(Vocabulary.POPULATION_BAND, with_retired=True)]
    return {
        "by_region": table("regions", _("By region"), _("Region"), lambda town: town.region),
        "by_district": table("districts", _("By district"), _("District"), lambda town: town.district),
        "by_nuts3": table("nuts3", _("By NUTS 3"), _("NUTS 3"), lambda town: town.nuts3_name),
        "by_population": table("residents", _("By number of residents"), _("Residents"), band, bands),
    }


def _group_table(key, title, heading, label, order: list[str], towns, members, reached, counts: Counts) -> Table:
    found: dict[str, list[int]] = {}
    for town in towns:
        row = found.setdefault(label(town), [0, 0, 0])
        row[0] += town.pk in reached
        row[1] += town.pk in members
        row[2] += 1
    rows = [GroupRow(name or _("Not known"), *numbers) for name, numbers in found.items()]
    if order:
        rows.sort(key=lambda row: order.index(row.label) if row.label in order else len(order))
    else:
        rows.sort(key=lambda row: (-row.reached, -row.total, fold(row.label)))
    return Table(
        key=key,
        title=title,
        definition=_("Municipalities reached, members of the network, and all that are one or the other."),
        columns=(
            (heading, lambda r: r.label),
            (_("Reached"), lambda r: r.reached),
            (_("Members"), lambda r: r.members),
            (_("Members or reached"), lambda r: r.total),
        ),
        rows=tuple(rows),
        ids=lambda: (
            row_ids.attendance(counts.held, of_municipalities=True) + [f"membership:{member.pk}" for member in counts.members]
        ),
    )


def _novelty(counts: Counts) -> Table:
    new = sum(not town.came_before for town in counts.reached)
    whole = len(counts.reached)
    rows = [(pgettext("municipalities", "New"), new, "new"), (_("Returning"), whole - new, "returning")]
    return Table(
        key="novelty",
        title=_("New and returning municipalities"),
        definition=_("Municipalities reached: new without attendance in an earlier cycle, returning with one."),
        columns=count_columns(_("Municipalities")),
        rows=tuple(CountRow(label, n, per_cent(n, whole), code) for label, n, code in rows),
        ids=lambda: row_ids.attendance(counts.held, of_municipalities=True),
    )


def gender_table(genders: dict[str, int], *, ids: Callable[[], list[str]] = list) -> Table:
    """Women, men, another or no answer; no rows where the answers are too few to be told apart, for nobody."""
    split = gender_split(genders)
    whole = sum(split.values())
    labels = {"woman": _("Women"), "man": _("Men"), "other": _("Another answer or none"), "another": _("Another answer"),
              "not_said": _("Preferred not to say")}  # fmt: skip
    return Table(
        key="gender",
        title=_("Women and men"),
        definition=_("Answers to a question asked apart and kept without the person; not everybody answers."),
        columns=count_columns(_("Answer")),
        rows=tuple(CountRow(labels[code], n, per_cent(n, whole), code) for code, n in split.items()),
        ids=ids,
    )


def _satisfaction(counts: Counts, rows: tuple[WebinarRow, ...]) -> Table:
    return Table(
        key="satisfaction",
        title=_("Usefulness"),
        definition=_("Mean of the answers to “How useful was the webinar to you?”, from 1 to 5; answers hold no person."),
        columns=(
            (_("Number"), lambda r: r.webinar.number),
            (_("Webinar"), lambda r: r.webinar.title),
            (_("Usefulness (1 to 5)"), lambda r: r.satisfaction),
            (_("Answers"), lambda r: r.answers),
        ),
        rows=tuple(row for row in rows if row.is_held and row.answers),
        ids=lambda: row_ids.answers(counts.held),
    )


def _recordings(counts: Counts) -> Table:
    found = [webinar for webinar in counts.webinars if webinar.has_recording]
    rows = [RecordingRow(w, w.recording.published_on, f"{YOUTUBE}{w.recording.video_id}", w.recording.views) for w in found]
    return Table(
        key="recordings",
        title=_("Recordings"),
        definition=_("Recordings that are published, public on YouTube and dated; views as YouTube last said."),
        columns=(
            (_("Number"), lambda r: r.webinar.number),
            (_("Webinar"), lambda r: r.webinar.title),
            (_("Published on"), lambda r: r.published_on),
            (_("Address"), lambda r: r.address),
            (_("Views"), lambda r: r.views),
        ),
        rows=tuple(rows),
        ids=lambda: [f"recording:{webinar.recording.pk}" for webinar in found],
    )
