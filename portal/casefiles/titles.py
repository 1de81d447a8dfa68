"""Titles as they are written inside other text."""


def quoted(title: str) -> str:
    """《标题》; titles named inside step down to single marks: 《关于修改〈某办法〉的决定》."""
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》"
