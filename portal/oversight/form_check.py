"""The form check (形式审查) as a guided list: each paper, the facts across them, electronic as on paper."""

from dataclasses import dataclass

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.documents.papers import IndexEntry, file_index
from portal.moment import now
from portal.oversight.kinds import filing_kinds
from portal.workflow.refusals import StepRefused

CHECKED = verbs.declare("filing.form_checked", "形式审查")
PAPER = "paper:"


class FormCheckRefused(StepRefused):
    """The list can't be kept; the message says why, in Chinese."""


@dataclass(frozen=True)
class Question:
    """One line of the list.

    :param default: what goes into the notice of return unless the reviewer writes other words.
    """

    code: str
    label: str
    help: str
    default: str


GENERAL = (
    Question(
        "report_form", "备案报告符合公文格式", "有文号、签发人、成文日期，主送接受机关。",
        "备案报告应当标注文号、签发人和成文日期，重新报送。",
    ),
    Question(
        "number", "标题和文号一致", "备案报告、正式文本、制定说明中的标题和文号相同。",
        "各件材料中的标题、文号不一致，请核对更正。",
    ),
    Question(
        "dates", "日期齐全并且前后一致", "审议、签发、公布、施行日期和有效期都已写明，先后顺序正确。",
        "审议、签发、公布、施行日期不全或者前后不一致，请补正。",
    ),
    Question(
        "published", "正式文本与公布的文本一致", "对照政府网站公布的文本。",
        "正式文本与公布的文本不一致，请说明并更正。",
    ),
    Question(
        "basis_listed", "制定依据完整有效", "所列法律、法规、规章和上级文件都已附上，现行有效。",
        "制定依据不全或者已经失效，请补充。",
    ),
    Question(
        "same", "电子文本与纸质文本一致", "份数、页数、内容相同，纸质材料已加盖印章。",
        "电子文本与纸质文本不一致，请重新报送。",
    ),
)  # fmt: skip

OF_DOCUMENTS = {"published", "basis_listed", "dates"}
"""Questions that make sense of published documents only, not of a report or a list that is filed."""


@dataclass(frozen=True)
class Line:
    """A question with what the portal sees by itself (``hint``, ``is_missing``) and what the reviewer put down."""

    question: Question
    hint: str = ""
    is_missing: bool = False
    result: str = ""
    note: str = ""


def questions_for(filing) -> list[Question]:
    """The list for this filing: one line for every paper it must bring, then those across the papers."""
    papers = [
        Question(
            f"{PAPER}{slot.code}", slot.label, "已报送，可以打开，内容完整。", f"补报{slot.label}。"
        )
        for slot in filing_kinds[filing.filing_kind].papers
        if slot.needed and slot.applies(filing)
    ]  # fmt: skip
    kind, left_out = filing_kinds[filing.filing_kind], set()
    if not kind.report:
        left_out.add("report_form")
    if not kind.in_directory:
        left_out |= OF_DOCUMENTS
    return [*papers, *(question for question in GENERAL if question.code not in left_out)]


def lines_of(filing) -> list[Line]:
    """The list of the present round, with what was put down so far."""
    kept = {line.question: line for line in filing.form_check.filter(round=filing.returned_count + 1)}
    entries: dict[str, list[IndexEntry]] = {}
    for entry in file_index(filing):
        entries.setdefault(f"{PAPER}{entry.version.document.slot}", []).append(entry)
    lines = []
    for question in questions_for(filing):
        line = kept.get(question.code)
        hint, is_missing = _hint(question, entries.get(question.code, ()))
        lines.append(
            Line(question, hint, is_missing, line.result if line else "", line.note if line else "")
        )  # fmt: skip
    return lines


def _hint(question: Question, entries) -> tuple[str, bool]:
    if not question.code.startswith(PAPER):
        return "", False
    if not entries:
        return "没有收到这件材料", True
    newest = entries[-1]
    words = [newest.version.name]
    if newest.pages:
        words.append(f"{newest.pages} 页")
    if newest.version.has_text_layer is False:
        words.append("没有文字层，可能是扫描件")
    return "　".join(words), False


@transaction.atomic
def keep(filing, *, by, answers: dict[str, tuple[str, str]]) -> list:
    """Keep the answers of the present round: ``{question code: (result, note)}``; unanswered ones stay open.

    A failed line without words takes those of its question.

    :raises FormCheckRefused: the filing is not at the form check.
    """
    filing = type(filing).objects.select_for_update(of=("self",)).select_related("organisation").get(pk=filing.pk)
    if filing.stage != "submitted":
        raise FormCheckRefused("只有在形式审查环节才能填写。")
    kept, round_number = [], filing.returned_count + 1
    results = filing.form_check.model.Result
    for question in questions_for(filing):
        result, note = answers.get(question.code, ("", ""))
        if result not in results.values:
            continue
        note = note.strip()[:300] if result == results.BAD else ""
        line, _ = filing.form_check.update_or_create(
            round=round_number, question=question.code,
            defaults={
                "result": result, "note": note or (question.default if result == results.BAD else ""),
                "checked_by": by, "checked_at": now(),
            },
        )  # fmt: skip
        kept.append(line)
    bad = sum(line.result == results.BAD for line in kept)
    record(CHECKED, by=by, file=filing, summary=f"第 {round_number} 次：{len(kept)} 项，不符合 {bad} 项")
    return kept


def return_reason(filing) -> str:
    """Everything that failed in this round, numbered, for the notice of return; empty where nothing did."""
    failed = filing.form_check.filter(round=filing.returned_count + 1, result="bad")
    kept = dict(failed.values_list("question", "note"))
    words = [kept[question.code] for question in questions_for(filing) if question.code in kept]
    return "\n".join(f"{number}．{text}" for number, text in enumerate(words, start=1))
