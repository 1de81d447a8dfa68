"""What a person confirms of an import: rows of a list go on record, files of a packet become drafts to check."""

from collections.abc import Iterable
from pathlib import Path

from django.db import IntegrityError, transaction

from normative_docs.gates import FINAL_TEXT
from normative_docs.models import NormativeDocument
from normative_docs.recording import open_draft
from normative_docs.stock import packets
from normative_docs.stock.models import StockImport, StockLine
from normative_docs.stock.progress import Report, told_aside
from normative_docs.stock.reading import AUTHORITY, keep_lines, packet_lines
from normative_docs.stock.rows import Checker, document_fields
from normative_docs.workflow import Stage
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.documents.attach import attach
from portal.documents.refusals import FileRefused
from portal.jobs.queue import ask, job
from portal.moment import now
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised, StepRefused

RECORD, REGISTER = "normative_docs.stock_record", "normative_docs.stock_register"
CONFIRMED = verbs.declare("normative_docs.stock_confirmed", "确认存量文件批次")
REGISTERED = verbs.declare("normative_docs.stock_registered", "批量登记存量文件")
DROPPED = verbs.declare("normative_docs.stock_dropped", "放弃存量文件批次")


class _LineRefused(Exception):
    """A row could not be taken; everything is undone and this sentence goes beside the row."""

    def __init__(self, line_id: int, message: str):
        super().__init__(message)
        self.line_id, self.message = line_id, message


@transaction.atomic
def confirm(stock_import: StockImport, *, by) -> StockImport:
    """Let everything that can be taken be taken, by a job and in one transaction: all of it or nothing.

    :raises NotAuthorised: not this person's. :raises StepRefused: rows have errors, or nothing is new.
    """
    held = _held(stock_import, by, StockImport.State.READ)
    faulty = held.lines.filter(outcome=StockLine.Outcome.FAULTY).count()
    if faulty and not held.makes_drafts:
        raise StepRefused(f"还有 {faulty} 行有错误，全部不予登记。请在 Excel 中改正后重新上传。")
    new = held.lines.filter(outcome=StockLine.Outcome.NEW).count()
    if not new:
        raise StepRefused("没有可以登记的新文件，未作任何改动。")
    act = "立卷" if held.makes_drafts else "登记"
    held.state, held.confirmed_by, held.confirmed_at = StockImport.State.WORKING, by, now()
    held.job = ask(
        RECORD, f"{act}存量文件 {new} 件：{held.name}"[:200], by=by, key=f"stock:{held.pk}", import_id=held.pk
    )
    held.save(update_fields=["state", "confirmed_by", "confirmed_at", "job"])
    record(CONFIRMED, by=by, organisation=held.organisation, summary=f"{held.name}：{act} {new} 件")
    return held


@transaction.atomic
def drop(stock_import: StockImport, *, by) -> None:
    """Put an import aside before anything came of it. :raises NotAuthorised: not this person's."""
    held = _held(stock_import, by, StockImport.State.READ)
    held.state = StockImport.State.DROPPED
    held.save(update_fields=["state"])
    record(DROPPED, by=by, organisation=held.organisation, summary=held.name)


@transaction.atomic
def register(stock_import: StockImport, lines: Iterable[int], *, by) -> StockImport:
    """Put the drafts of these lines on record, which the person has checked: all of them or none.

    :raises NotAuthorised: not this person's. :raises StepRefused: none chosen, or one is not complete.
    """
    held = _held(stock_import, by, StockImport.State.DONE)
    chosen = list(drafts_of(held).filter(pk__in=list(lines)))
    if not chosen:
        raise StepRefused("请先勾选核对无误的文件。")
    unfinished = [line.document.title for line in chosen if not is_complete(line.document)]
    if unfinished:
        raise StepRefused(f"《{unfinished[0]}》等 {len(unfinished)} 件还缺成文日期或者正文，请先补全。")
    held.state = StockImport.State.WORKING
    held.job = ask(
        REGISTER, f"登记存量文件 {len(chosen)} 件：{held.name}"[:200], by=by, key=f"stock:{held.pk}",
        import_id=held.pk, line_ids=[line.pk for line in chosen],
    )  # fmt: skip
    held.save(update_fields=["state", "job"])
    return held


def drafts_of(stock_import: StockImport):
    """The lines whose drafts wait to be checked and registered."""
    return stock_import.lines.filter(document__stage=Stage.DRAFTING).select_related("document")


def is_complete(document: NormativeDocument) -> bool:
    """Whether what registering asks for is filled in."""
    return bool(document.title and document.issued_on and document.draft_text)


def _held(stock_import: StockImport, by, state: str) -> StockImport:
    held = StockImport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=stock_import.pk)
    if not may(by, AUTHORITY, held.organisation):
        raise NotAuthorised("您没有在该机构登记存量文件的权限。")
    if held.state != state:
        raise StepRefused(f"这一批次现在是“{held.get_state_display()}”，请刷新后再看。")
    return held


@job(RECORD)
def record_lines(taken, report: Report, *, import_id: int) -> str:
    """Open a file for every new line, and register it where a person typed the row."""
    return _all_or_nothing(taken, report, import_id, StockImport.State.READ, _take_new)


@job(REGISTER)
def register_lines(taken, report: Report, *, import_id: int, line_ids: list[int]) -> str:
    """Register the drafts of these lines."""
    return _all_or_nothing(
        taken, report, import_id, StockImport.State.DONE,
        lambda held, by, told: _register_drafts(held, line_ids, by, told),
    )  # fmt: skip


def _all_or_nothing(taken, report: Report, import_id: int, before: str, work) -> str:
    """Do the work in one transaction; where a line is refused nothing stays but the reason beside it."""
    problem = None
    with told_aside(taken, report) as told, acting(taken.asked_by):
        try:
            with transaction.atomic():
                held = StockImport.objects.select_for_update(of=("self",)).get(pk=import_id)
                if held.state == StockImport.State.WORKING:
                    work(held, taken.asked_by, told)
                    held.state = StockImport.State.DONE
                    held.save(update_fields=["state"])
        except _LineRefused as refusal:
            problem = refusal
    stock_import = StockImport.objects.get(pk=import_id)
    if problem is not None:
        _undone(stock_import, before, problem)
    return f"/staff/normative-documents/stock/{stock_import.public_id}/"


@transaction.atomic
def _undone(stock_import: StockImport, before: str, refusal: _LineRefused) -> None:
    line = stock_import.lines.get(pk=refusal.line_id)
    line.problems = [["未能办理", refusal.message]]
    line.outcome = StockLine.Outcome.FAULTY if before == StockImport.State.READ else line.outcome
    line.save(update_fields=["problems", "outcome"])
    stock_import.state = before
    stock_import.notes = [*stock_import.notes, f"第 {line.number} 行未能办理：{refusal.message}全部未作登记。"]
    stock_import.save(update_fields=["state", "notes"])


def _take_new(held: StockImport, by, told: Report) -> None:
    checker = Checker(StockImport.objects.select_related("organisation").get(pk=held.pk).organisation)
    lines = list(held.lines.filter(outcome=StockLine.Outcome.NEW).select_related("blob"))
    for index, line in enumerate(lines):
        if index % 5 == 0:
            told(95 * index // len(lines), f"正在办理 {index + 1}/{len(lines)}")
        # Somebody may have registered the same document since the list was read.
        again = checker.check(line.number, line.values, from_file=held.makes_drafts)
        if again.known is not None:
            line.known, line.outcome = again.known, StockLine.Outcome.KNOWN
        else:
            line.document = _taken(line, checker.organisation, by, registers=not held.makes_drafts)
        line.save(update_fields=["known", "outcome", "document"])
    told(96, "正在提交")


def _taken(line: StockLine, organisation, by, *, registers: bool) -> NormativeDocument:
    try:
        with transaction.atomic():
            document = open_draft(by=by, organisation=organisation, **document_fields(line.values))
            if line.blob is not None:
                attach(document, FINAL_TEXT.code, packets.original(line.blob, line.source), by)
            if line.warnings:
                record(verbs.EDITED, by=by, file=document, summary="导入提示：" + "；".join(line.warnings)[:380])
            return perform(document, "register_existing", by=by) if registers else document
    except IntegrityError as twice:
        raise _LineRefused(line.pk, "该机关已有这个发文字号。") from twice
    except (StepRefused, FileRefused) as refusal:
        raise _LineRefused(line.pk, str(refusal)) from refusal


def _register_drafts(held: StockImport, line_ids: list[int], by, told: Report) -> None:
    lines = list(drafts_of(held).filter(pk__in=line_ids))
    for index, line in enumerate(lines):
        if index % 5 == 0:
            told(95 * index // len(lines), f"正在登记 {index + 1}/{len(lines)}")
        try:
            perform(line.document, "register_existing", by=by)
        except StepRefused as refusal:
            raise _LineRefused(line.pk, str(refusal)) from refusal
    record(REGISTERED, by=by, organisation=by.organisation, summary=f"{held.name}：登记 {len(lines)} 件")


def drafts_from_folder(folder: Path, *, organisation, by, report: Report) -> StockImport:
    """Read a folder and open a draft for every new file, in one transaction; whoever runs the command confirms.

    :raises FileRefused: no files. :raises UnreadableList: the list in the folder cannot be read.
    :raises StepRefused: a file could not be opened; then nothing stays.
    """
    lines, notes = packet_lines(organisation, packets.of_folder(folder), report)
    try:
        with transaction.atomic(), acting(by):
            held = StockImport.objects.create(
                organisation=organisation, kind=StockImport.Kind.FOLDER, state=StockImport.State.WORKING,
                name=folder.resolve().name[:255], notes=notes, handed_in_by=by, handed_in_at=now(),
                confirmed_by=by, confirmed_at=now(),
            )  # fmt: skip
            keep_lines(held, lines)
            _take_new(held, by, report)
            held.state = StockImport.State.DONE
            held.save(update_fields=["state"])
            made = held.lines.filter(document__isnull=False).count()
            record(CONFIRMED, by=by, organisation=organisation, summary=f"{held.name}：立卷 {made} 件")
    except _LineRefused as refusal:
        raise StepRefused(refusal.message) from refusal
    return held
