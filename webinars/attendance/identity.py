"""Who a row is about: an e-mail address, else a name as far as it tells people apart."""

import re

from network_portal.common.text import fold

MAX_NAME, MAX_EMAIL = 200, 254  # characters kept
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
SUFFIX = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
# what programmes put after the name of somebody who is not of the organisation, folded
OUTSIDERS = {
    *("guest", "external", "unverified"),
    *("convidado", "convidada", "convidado a", "externo", "externa", "nao verificado", "nao verificada"),
    *("invitado", "invitada", "invitado a", "no verificado", "no verificada", "convidat"),
    *("ospite", "esterno", "esterna", "non verificato", "non verificata", "invite", "gast"),
}


def mail_of(text: str) -> str:
    """The address in lower case, "" if the text is none."""
    text = text.strip().lower()
    return text if len(text) <= MAX_EMAIL and EMAIL.fullmatch(text) else ""


def shown_name(text: str) -> str:
    """The name without "(Guest)" and its like, at most 200 characters."""
    text = text[: 2 * MAX_NAME]
    while (match := SUFFIX.search(text)) and match.start() and fold(match[1]) in OUTSIDERS:
        text = text[: match.start()]
    return text.strip()[:MAX_NAME]


def normalised_name(text: str) -> str:
    """What two spellings of a name share: "Silva, João (Guest)" and "JOAO SILVA" are both "joao silva"."""
    name = shown_name(text)
    before, bracket, rest = name.partition("(")
    family, comma, given = before.partition(",")
    if comma and family.strip() and given.strip() and "," not in given:
        name = f"{given} {family} {bracket}{rest}"
    return fold(name) or name.casefold()


def name_variants(text: str) -> list[str]:
    """Normalised names that "Display (Original)" may stand for: the whole, what is before and what is in brackets."""
    name = shown_name(text)
    match = SUFFIX.search(name)
    parts = [name, name[: match.start()], match[1]] if match else [name]
    return list(dict.fromkeys(n for n in map(normalised_name, parts) if n))


def identity_of(name: str, email: str) -> str:
    """ "mail:" or "name:" and the key; "" of nobody."""
    if email:
        return f"mail:{email}"
    key = normalised_name(name)
    return f"name:{key}" if key else ""
