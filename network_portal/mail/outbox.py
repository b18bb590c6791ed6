"""The outbox's one door: ``queue`` and ``withdraw``. Signatures are fixed; the mail package fills them."""


def queue(template, *, to, language, key, category, about="", context=None, calendar=None, not_before=None, send_before=None):
    raise NotImplementedError


def withdraw(*, about):
    raise NotImplementedError
