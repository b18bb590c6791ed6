"""What everybody reads of a recording: the page of its webinar, the list, the feed, the picture, the transcript."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from network_portal.vocabularies.models import Term
from tests.factories import (
    make_coordinator,
    make_municipality,
    make_recording,
    make_registration,
    make_term,
    make_user,
    make_webinar,
)
from webinars.models import AgendaItem, AttendanceFact, Chapter, Recording, SurveyAnswer, WebinarFact
from webinars.services.planning import free_slug

pytestmark = pytest.mark.django_db
WATCH = "https://www.youtube.com/watch?v=aBcDeFgHi_0"


def page_of(client, recording, language="en") -> str:
    prefix = "" if language == "pt" else f"/{language}"
    return client.get(f"{prefix}/webinars/{recording.webinar.slug}/").content.decode()


# --- the page of the webinar


def test_the_page_asks_nothing_of_google_and_leads_there(client, recording):
    page = page_of(client, recording)
    assert f'href="{WATCH}"' in page
    assert 'data-player="https://www.youtube-nocookie.com/embed/aBcDeFgHi_0"' in page
    assert f'href="{WATCH}&amp;t=2285s"' in page
    assert "Watch at minute 38" in page
    assert "Nothing is asked of Google before you press the button." in page
    assert "2\u00a0h\u00a041\u00a0min" in page
    assert 'href="/en/webinars/saude/transcript/"' in page
    assert "<iframe" not in page
    assert "ytimg" not in page


def test_only_a_page_with_a_recording_may_hold_a_frame(client, recording):
    policy = client.get("/webinars/saude/").headers["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com;" in f"{policy};"
    for other in ("/webinars/", "/webinars/recordings/", make_webinar().get_absolute_url(), "/webinars/saude/transcript/"):
        assert "frame-src" not in client.get(other).headers["Content-Security-Policy"]


def test_a_held_webinar_costs_nine_queries_and_no_more_with_more_chapters(client, recording, django_assert_num_queries):
    cold = client.get("/webinars/saude/")
    assert not cold.cookies
    Recording.objects.update(changed_at=timezone.now())
    for n in range(20):
        Chapter.objects.create(recording=recording, second=3000 + n, title=f"Ponto {n}")
        AgendaItem.objects.create(webinar=recording.webinar, starts_at=recording.webinar.starts_at, title=f"Ponto {n}")
    with django_assert_num_queries(9):  # webinar, recording, chapters, figures (2), slides, agenda, speakers, axes
        client.get("/webinars/saude/")
    with django_assert_num_queries(6):  # the programme is kept
        client.get("/webinars/saude/")


@pytest.mark.parametrize("state", ["draft", "captions"])
def test_what_is_not_published_appears_nowhere(client, recording, state):
    Recording.objects.update(state=state)
    addresses = ["/webinars/saude/", "/webinars/recordings/", "/feeds/recordings.atom", "/webinars/"]
    client.force_login(make_user())
    for address in addresses:
        response = client.get(address)
        assert "aBcDeFgHi_0" not in response.content.decode()
        assert "frame-src" not in response.headers["Content-Security-Policy"]
    assert "saude" not in client.get("/feeds/recordings.atom").content.decode()
    assert client.get("/webinars/saude/transcript/").status_code == 404
    client.force_login(make_coordinator())
    assert "só a coordenação a vê" in page_of(client, recording, "pt")
    assert "saude" not in client.get("/feeds/recordings.atom").content.decode()


@pytest.mark.parametrize("hidden", [{"webinar__state": "draft"}, {"webinar__cycle__is_published": False}])
def test_a_hidden_webinar_hides_its_recording(client, recording, hidden):
    webinar = recording.webinar
    if "webinar__state" in hidden:
        type(webinar).objects.update(state="draft")
    else:
        type(webinar.cycle).objects.update(is_published=False)
    for address in ("/webinars/saude/", "/webinars/saude/transcript/", "/webinars/saude/poster.png"):
        assert client.get(address).status_code == 404
    assert "Saúde" not in client.get("/webinars/recordings/").content.decode()
    assert "Saúde" not in client.get("/feeds/recordings.atom").content.decode()


def test_a_video_that_is_gone_is_not_offered(client, recording):
    Recording.objects.update(privacy="absent")
    page = page_of(client, recording)
    assert "The video cannot be watched at the moment." in page
    assert "Read the transcript instead" in page
    assert "aBcDeFgHi_0" not in page
    assert "Mediadoras" in page
    assert "<a" not in re.search(r'<ol class="chapters".*?</ol>', page, re.S)[0]


def test_a_webinar_without_a_recording(client):
    webinar = make_webinar(starts_at=timezone.now() - timedelta(days=1))
    page = client.get(f"/en{webinar.get_absolute_url()}").content.decode()
    assert "Its recording has not been published." in page
    assert 'class="poster"' in page
    assert "player.js" not in page


# --- the four figures


def test_figures(client, recording):
    webinar, role = recording.webinar, make_term("role")
    earlier = make_webinar(starts_at=webinar.starts_at - timedelta(days=30))
    known, fresh, also_fresh = make_municipality(), make_municipality(), make_municipality()
    AttendanceFact.objects.create(webinar=earlier, municipality=known, role=role, count=2)
    for town, count in [(known, 20), (fresh, 12), (also_fresh, 10), (None, 1)]:
        AttendanceFact.objects.create(webinar=webinar, municipality=town, role=role, count=count)
    WebinarFact.objects.create(webinar=webinar, confirmed=50, waiting=1, cancelled=2)
    for usefulness in (5, 5, 4, 4, 4):
        SurveyAnswer.objects.create(webinar=webinar, usefulness=usefulness)
    page = " ".join(re.sub(r"<[^>]+>", " ", page_of(client, recording)).split())
    assert "43 participations, of 50 confirmed" in page
    assert "3 municipalities present, 2 for the first time" in page
    assert "4.4 of 5 for usefulness, in 5 answers" in page
    assert "389 views until" in page


def test_few_answers_are_not_told_and_nothing_is_made_up(client, recording):
    for usefulness in (5, 1, 3, 4):
        SurveyAnswer.objects.create(webinar=recording.webinar, usefulness=usefulness)
    make_registration(recording.webinar)
    page = page_of(client, recording)
    assert "for usefulness" not in page
    assert "participation" not in page  # attendance is not known
    Recording.objects.update(views=None)
    assert "after-figures" not in page_of(client, recording)


@pytest.mark.parametrize(
    ("came", "beside", "confirmed", "said", "unsaid"),
    [
        (3, 40, 30, None, "participation"),  # few people
        (20, 3, 30, None, "participation"),  # the total of the cycle minus these would be the few of the other webinar
        (20, 40, 22, "20 participations", "confirmed"),  # two stayed away
        (20, 40, 30, "20 participations, of 30 confirmed", "municipality"),
        (20, 40, 20, "20 participations, of 20 confirmed", "municipality"),
    ],
)
def test_few_people_are_not_told_nor_what_would_give_them_away(client, recording, came, beside, confirmed, said, unsaid):
    webinar, role = recording.webinar, make_term("role")
    other = make_webinar(cycle=webinar.cycle, number=1, starts_at=webinar.starts_at - timedelta(days=30))
    for place in range(came):
        town = make_municipality() if said and place < 17 else None  # 17 towns of 20 people: three of them did not come alone
        AttendanceFact.objects.create(webinar=webinar, municipality=town, role=role, count=1)
    AttendanceFact.objects.create(webinar=other, role=role, count=beside)
    WebinarFact.objects.create(webinar=webinar, confirmed=confirmed, waiting=0, cancelled=0)
    page = " ".join(re.sub(r"<[^>]+>", " ", page_of(client, recording)).split())
    assert (said or "389 views") in page
    assert unsaid not in page


# --- transcript and list


def test_the_transcript_is_sanitised_markdown(client, recording):
    Recording.objects.update(transcript="## Bom dia\n\n<script>alert(1)</script> **Ana**: olá", language="gl")
    page = client.get("/en/webinars/saude/transcript/").content.decode()
    assert "<h2>Bom dia</h2>" in page
    assert "<strong>Ana</strong>" in page
    assert "alert(1)</script>" not in page
    assert 'lang="gl"' in page


def test_the_list_newest_first_by_theme_with_counts(client, django_assert_max_num_queries):
    health, school = (Term.objects.of("theme").get(code=code) for code in ("health", "education"))
    past = timezone.now() - timedelta(days=50)
    for n, theme in enumerate([health, school, health]):
        webinar = make_webinar(title=f"Gravado {n}", theme=theme, starts_at=past)
        make_recording(webinar, published_on=date(2026, 1, 1 + n))
    make_recording(make_webinar(title="Perdido", theme=school, starts_at=past), privacy="private")
    with django_assert_max_num_queries(5):
        page = client.get("/webinars/recordings/")
    assert [r.webinar.title for r in page.context["page_obj"]] == ["Gravado 2", "Gravado 1", "Gravado 0"]
    assert f"{health} (2)" in page.content.decode()
    assert f"{school} (1)" in page.content.decode()
    found = client.get("/webinars/recordings/", {"theme": "health"})
    assert [r.webinar.title for r in found.context["page_obj"]] == ["Gravado 2", "Gravado 0"]
    assert "Limpar" in found.content.decode()
    for odd in ({"theme": "nothing"}, {"theme": "'"}, {"colour": "red"}, {"page": "x"}, {"theme": ["gbv", "nothing"]}):
        assert len(client.get("/webinars/recordings/", odd).context["page_obj"]) == 3


def test_pages_of_the_list_keep_the_theme(client):
    theme = Term.objects.of("theme").get(code="health")
    for _n in range(13):
        make_recording(make_webinar(theme=theme, starts_at=timezone.now() - timedelta(days=9)))
    page = client.get("/webinars/recordings/", {"theme": "health"}).content.decode()
    assert "?theme=health&amp;page=2" in page
    assert len(client.get("/webinars/recordings/", {"theme": "health", "page": 2}).context["page_obj"]) == 1


def test_an_empty_list_offers_the_webinars(client):
    page = client.get("/en/webinars/recordings/").content.decode()
    assert "No recording has been published yet" in page
    assert 'href="/en/webinars/"' in page
    assert 'href="/en/webinars/recordings/"' in client.get("/en/webinars/").content.decode()


def test_no_webinar_takes_the_address_of_the_list(client):
    with translation.override("en"):
        assert (free_slug("Recordings"), free_slug("Slides")) == ("recordings-2", "slides-2")
