"""What the review page shows: the source with its marks, the papers, and whose turn it is."""

from django.urls import reverse

from portal.publishing import redaction
from portal.publishing.making import newest_job
from portal.publishing.models import ReviewedCopy
from portal.publishing.source import Source
from portal.publishing.standing import making_failed
from portal.web.office.jobs import shown

LONG_TEXT = 3000
"""Characters above which a part is folded, unless it has marks."""

SHORT_TEXT = 100
"""Up to so many characters a part without marks is one line of the list of facts."""


def state_of(copy: ReviewedCopy | None, source: Source, person) -> str:
    """``none`` nothing prepared; ``stale`` the source moved since; ``own`` prepared by this person; ``to_review``
    prepared by another; ``making`` reviewed, its renditions are being made; ``failed`` these could not be made;
    ``reviewed`` ready to go out."""
    if copy is None:
        return "none"
    if copy.source_digest != source.digest:
        return "stale"
    if copy.is_made:
        return "reviewed"
    if copy.is_reviewed:
        return "failed" if making_failed(copy) else "making"
    return "own" if copy.prepared_by_id == person.pk else "to_review"


def job_of(file, copy: ReviewedCopy | None, may_change: bool) -> dict:
    """The work on the renditions as ``components/job.html`` shows it, and where to ask how far it is."""
    asked = newest_job(copy) if copy is not None else None
    if asked is None:
        return {"job": None, "poll_url": ""}
    address = reverse("publishing:staff-making", kwargs={"public_id": file.public_id})
    own = {"note": asked.message, "link": "查看公开文本", "retry_url": address if may_change else ""}
    return {"job": shown(asked) | own, "poll_url": address}


def parts_of(source: Source, copy: ReviewedCopy | None) -> list[dict]:
    """Each part with its text cut at the marks: those of the copy, or what the rules propose."""
    if copy is None:
        marks = [(str(number), part, mark, True, "规则提示") for number, (part, mark) in enumerate(source.proposals())]
    else:
        marks = [
            (str(mark.pk), mark.part, mark.as_mark(), mark.accepted, mark.get_origin_display())
            for mark in copy.marks.all()
        ]
    shown = []
    for part in source.parts:
        own = sorted((line for line in marks if line[1] == part.code), key=lambda line: (line[2].start, line[2].end))
        if not part.text:
            continue
        shown.append(
            {
                "code": part.code,
                "label": part.label,
                "segments": _segments(part.text, [line[2] for line in own]),
                "marks": [_mark_line(part.text, *line) for line in own],
                "masked": copy.parts.get(part.code, "") if copy is not None and copy.is_reviewed else "",
                "is_short": len(part.text) <= SHORT_TEXT and "\n" not in part.text and not own,
                "text": part.text,
                "is_folded": len(part.text) > LONG_TEXT and not own,
            }
        )
    return shown


def _mark_line(text: str, key: str, part: str, mark: redaction.Mark, accepted: bool, origin: str) -> dict:
    return {
        "key": key,
        "words": text[mark.start : mark.end],
        "replacement": mark.replacement,
        "kind": redaction.KINDS[mark.kind],
        "why": mark.why,
        "accepted": accepted,
        "origin": origin,
    }


def _segments(text: str, marks: list[redaction.Mark]) -> list[dict]:
    """The text cut at its marks, for drawing."""
    pieces, at = [], 0
    for mark in redaction.merged(marks):
        pieces += [
            {"text": text[at : mark.start], "marked": False},
            {"text": text[mark.start : mark.end], "marked": True},
        ]
        at = mark.end
    return [piece for piece in [*pieces, {"text": text[at:], "marked": False}] if piece["text"]]


def papers_of(source: Source, copy: ReviewedCopy | None) -> list[dict]:
    """The papers of the source: whether each goes out, and what must be looked at by eye."""
    going = set(copy.papers.values_list("version_id", flat=True)) if copy is not None else None
    return [
        {
            "code": paper.code,
            "label": paper.label,
            "name": paper.version.name,
            "checked": paper.can_be_read if going is None else paper.version.pk in going,
            "possible": paper.can_be_cleaned,
            "note": _paper_note(paper),
        }
        for paper in source.papers
    ]


def _paper_note(paper) -> str:
    if not paper.can_be_cleaned:
        return "OFD 无法核查文字，不随文公开；请另附 PDF。"
    if not paper.can_be_read:
        return "没有可核查的文字（扫描件、图片或者文字过长），须人工核看全部页面后再勾选公开。"
    return "PDF 未隐去内容的清除属性后公开，其他情形依脱敏后的文字重排为 PDF。"


def split(parts: list[dict]) -> tuple[list[dict], list[dict]]:
    """Rows for the short parts in which nothing is hidden, and the parts that need a panel of their own.

    The number is a part of its own and, for some kinds, a public field too: it is shown once.
    """
    rows = dict.fromkeys((part["label"], part["text"]) for part in parts if part["is_short"])
    return (
        [{"key": label, "value": text} for label, text in rows],
        [part for part in parts if not part["is_short"]],
    )
