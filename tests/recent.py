"""For tests of what needs a code of the last five minutes."""

import time

from django.test import Client

from network_portal.users import recent


def typed_a_code(client: Client) -> None:
    """As if the person had just typed the code that came to the account's address."""
    session = client.session
    session[recent.CONFIRMED] = time.time()
    session.save()
