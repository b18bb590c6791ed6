"""How much work a Markdown text makes: over some texts that nobody writes, such as ten thousand “[”, the library takes a minute.

For every mark that opens something the library looks for what closes it, to the end of the paragraph when nothing does;
for every rule and heading it copies the rest of the paragraph. The sum of these ways is what ``is_too_much`` bounds.
"""

import re

ALLOWED, SHARE = 200_000, 4  # characters looked at more than once: in every text, and for each of its characters
BLANK_LINE = re.compile(r"\n[ \t]*\n")
PAIRS = re.compile(r"(?P<link>\[)|(?P<address>(?<=\])\()|(?P<end_link>\])|(?P<end_address>\))")
TAGS = re.compile(r"(?P<tag><(?=[a-zA-Z/!?]))|(?P<end_tag>>)")
ALONE = re.compile(r"^ {0,3}(?:[=*_-][=*_ -]*|#.*|\[[^\]\n]*\]:.*)$", re.MULTILINE)  # rules, headings, addresses of links
DEEP = re.compile(r"^[ \t]*(?:>[ \t]*|(?:[*+-]|[0-9]{1,9}\.)[ \t]+){20}", re.MULTILINE)  # begun in one line, one in the other


def is_too_much(text: str) -> bool:
    """Whether ``text`` holds more marks than a person writes, so that it is better shown as it was typed."""
    most = ALLOWED + SHARE * len(text)
    return bool(DEEP.search(text)) or _ways(TAGS, text) + sum(map(_work, BLANK_LINE.split(text))) > most


def _work(block: str) -> int:
    return _ways(PAIRS, block) + len(ALONE.findall(block)) * len(block) // 5  # a copy takes less than a search


def _ways(marks: re.Pattern, text: str) -> int:
    """From every opening mark to the one that closes it, else to the end: how far that is together."""
    ways, opened = 0, {}
    for found in marks.finditer(text):
        kind = found.lastgroup
        if not kind.startswith("end_"):
            opened.setdefault(kind, []).append(found.start())
        elif waiting := opened.get(kind.removeprefix("end_")):
            ways += found.start() - waiting.pop()
    return ways + sum(len(text) - start for waiting in opened.values() for start in waiting)
