"""What every answer promises of its spans, whatever the text: `spans.check(text, summary, unit)`."""


def newlines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Units:
    """A text, to be sliced in one of the three units."""

    def __init__(self, text, unit):
        self.unit = unit
        coding = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "byte": "utf-8"}[unit]
        self.width = {"codepoint": 4, "utf16": 2, "byte": 1}[unit]
        self.coding, self.bytes = coding, text.encode(coding)
        self.length = len(self.bytes) // self.width

    def slice(self, start, end):
        """The words between; UnicodeDecodeError where a unit's character would be cut in two."""
        return self.bytes[start * self.width:end * self.width].decode(self.coding)


def spans_of(value, path=""):
    """(path, object) of everything in an answer that has a start and an end."""
    work = [(path, value)]
    while work:
        path, value = work.pop()
        if isinstance(value, dict):
            if "start" in value and "end" in value:
                yield path, value
            work += [(f"{path}/{k}", v) for k, v in value.items()]
        elif isinstance(value, list):
            work += [(f"{path}/{i}", v) for i, v in enumerate(value)]


def check(text, summary, unit):
    """Raises AssertionError at the first span that is not right. Returns {path: words}."""
    assert summary["article"]["text"] == newlines(text), "article.text is not the text that was sent"
    units, found = Units(newlines(text), unit), {}
    for path, span in spans_of(summary):
        start, end = span["start"], span["end"]
        assert 0 <= start < end <= units.length, f"{path}: {start}..{end} of {units.length} {unit}s"
        words = units.slice(start, end)
        assert span.get("text", words) == words, f"{path}: text {span['text']!r}, slice {words!r}"
        found[path] = words
    return found
