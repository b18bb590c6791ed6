"""Beat names only tasks that exist, and a message goes through the broker of the settings."""

from pathlib import Path

import pytest
from django.conf import settings

from network_portal.celery import app


@pytest.fixture
def broker(settings, tmp_path):
    """A connection to the broker in use: Redis, or folders of this test alone."""
    options = dict(getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}))
    for name in {"data_folder_in", "data_folder_out", "control_folder"} & set(options):
        options[name] = tmp_path / ("control" if name == "control_folder" else "queue")
        Path(options[name]).mkdir(exist_ok=True)
    with app.connection_for_write(transport_options=options) as connection:
        yield connection


def test_every_task_of_the_schedule_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_every_task_of_ours_is_started_by_beat():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_a_message_goes_through_the_broker(broker):
    queue = broker.SimpleQueue("tests")
    queue.clear()
    queue.put({"hello": "world"})
    message = queue.get(timeout=5)
    message.ack()
    queue.close()
    assert message.payload == {"hello": "world"}


def test_the_broker_is_that_of_the_environment():
    assert app.conf.broker_url == settings.CELERY_BROKER_URL


def test_no_worker_sees_a_message_before_it_is_whole(tmp_path, monkeypatch):
    """The queue in folders: what is being written has a name that no reader takes."""
    options = {"data_folder_in": tmp_path, "data_folder_out": tmp_path, "control_folder": tmp_path / "control"}
    seen, replace = [], Path.replace

    def look_first(part, target):
        seen.append([file.name.endswith(".msg") for file in tmp_path.iterdir() if file.is_file()])
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", look_first)
    with app.connection_for_write("filesystem://", transport_options=options) as connection:
        queue = connection.SimpleQueue("sample")
        queue.put({"n": 1})
        assert seen == [[False]]
        message = queue.get(timeout=5)
        assert message.payload == {"n": 1}
        message.ack()
        queue.close()
