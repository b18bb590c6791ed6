"""What the coordination wrote (Markdown) as blocks that a document can set: the same tags as on the page, no markup."""

from html.parser import HTMLParser

from network_portal.common.templatetags.portal import markdown

HEADINGS = {"h1", "h2", "h3", "h4"}
LISTS = {"ul": "items", "ol": "numbers"}


def blocks(text: str) -> list[dict]:
    """Paragraphs, headings and lists: ``{"kind", "runs", "items"}``; an item is a list of runs.

    A run is ``{"text", "bold", "slanted", "link"}``.
    """
    reader = _Reader()
    reader.feed(str(markdown(text)))
    reader.close()
    reader.end_block()
    return [block for block in reader.blocks if block["runs"] or block["items"]]


class _Reader(HTMLParser):
    """Reads clean HTML; a list within a list is read as more items of the outer one."""

    def __init__(self):
        super().__init__()
        self.blocks: list[dict] = []
        self.runs: list[dict] = []
        self.kind, self.lists, self.bold, self.slanted, self.link = "text", 0, 0, 0, ""

    def handle_starttag(self, tag, attrs):
        if tag in LISTS:
            self._begin_list(tag)
        elif tag == "li":
            self._end_item()
        elif (tag == "p" or tag in HEADINGS) and not self.lists:
            self.end_block()
            self.kind = "heading" if tag in HEADINGS else "text"
        elif tag == "br":
            self.handle_data("\n")
        self.bold += tag == "strong"
        self.slanted += tag == "em"
        self.link = dict(attrs).get("href") or "" if tag == "a" else self.link

    def handle_endtag(self, tag):
        if tag in LISTS:
            self._end_item()
            self.lists -= 1
        elif tag == "li":
            self._end_item()
        elif (tag == "p" or tag in HEADINGS) and not self.lists:
            self.end_block()
        self.bold -= tag == "strong"
        self.slanted -= tag == "em"
        self.link = "" if tag == "a" else self.link

    def handle_data(self, data):
        text = data if data == "\n" else " ".join(data.split("\n"))
        if text.strip() or self.runs:
            self.runs.append({"text": text, "bold": self.bold > 0, "slanted": self.slanted > 0, "link": self.link})

    def end_block(self):
        if any(run["text"].strip() for run in self.runs):
            self.blocks.append({"kind": self.kind, "runs": self.runs, "items": []})
        self.runs, self.kind = [], "text"

    def _begin_list(self, tag: str) -> None:
        if self.lists:
            self._end_item()
        else:
            self.end_block()
            self.blocks.append({"kind": LISTS[tag], "runs": [], "items": []})
        self.lists += 1

    def _end_item(self) -> None:
        if any(run["text"].strip() for run in self.runs):
            self.blocks[-1]["items"].append(self.runs)
        self.runs = []
