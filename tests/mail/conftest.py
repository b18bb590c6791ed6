import pytest

from tests.mail import servers


@pytest.fixture
def sink(settings):
    """A mail server, and the settings that send there."""
    sink = servers.Sink()
    server = servers.start(sink)
    settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    settings.MAIL_RATE = 0
    yield sink
    server.stop()
