"""What people do to texts: no accents, typing errors, capitals, other normal forms, and characters that nobody sees."""

import random
import unicodedata

STRANGE = (
    "<b>texto</b> & «aspas»", "1.ª edição, 2.º ano", "col·laboració", "l’Hospitalet d’avui", "\u200f", "año\u200d", "10 % – 15 %",
    '"curly" “quotes” ‘here’', "<script>alert(1)</script>",
)  # fmt: skip


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def mistyped(draw: random.Random, word: str) -> str:
    """``word`` with one letter wrong, missing, doubled or exchanged, never the first."""
    if len(word) < 4:
        return word
    at = draw.randrange(1, len(word) - 1)
    return {
        "missing": word[:at] + word[at + 1 :],
        "doubled": word[:at] + word[at] + word[at:],
        "exchanged": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "wrong": word[:at] + draw.choice("aeiorst") + word[at + 1 :],
    }[draw.choice(["missing", "doubled", "exchanged", "wrong"])]


def noisy(draw: random.Random, text: str) -> str:
    """Of 1,000 words 20 lose their accents and 10 have a typing error; one text in 200 is decomposed, one in 50 is strange."""
    words = []
    for word in text.split(" "):
        luck = draw.random()
        words.append(unaccented(word) if luck < 0.02 else mistyped(draw, word) if luck < 0.03 else word)
    text = " ".join(words)
    if draw.random() < 0.02:
        text += " " + draw.choice(STRANGE)
    return unicodedata.normalize("NFD", text) if draw.random() < 0.005 else text
