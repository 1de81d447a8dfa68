"""Where the links of a page lead, read as a browser would."""

from html.parser import HTMLParser


def addresses_on(page: str) -> list[str]:
    """The addresses of all links, as they stand there and in their order."""
    return _Links(page).found


class _Links(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") if tag == "a" else None
        if address:
            self.found.append(address)
