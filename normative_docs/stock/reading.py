"""Handing in a list or a packet, and reading it row by row or file by file. Nothing is on record by this."""

from django.core.files import File
from django.db import transaction

from normative_docs.importing import ImportedMetadata
from normative_docs.importing.numbers import normalised_number
from normative_docs.importing.titles import normalised_title
from normative_docs.recording import repeals_in_words
from normative_docs.stock import packets
from normative_docs.stock.columns import BY_CODE, LIST
from normative_docs.stock.models import StockImport, StockLine
from normative_docs.stock.rows import Checked, Checker
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.documents import digests, intake, kinds, storage
from portal.documents.models import Blob
from portal.documents.names import safe_name
from portal.documents.refusals import FileRefused
from portal.jobs.queue import ask, job
from portal.moment import now
from portal.web.list_sheets import ReadList, UnreadableList
from portal.workflow.refusals import NotAuthorised

READ = "normative_docs.stock_read"
AUTHORITY = "normative_docs.register"
HANDED_IN = verbs.declare("normative_docs.stock_handed_in", "上传存量文件清单或原文")
ZIP = "application/zip"
PIECE = 64 * 1024


def hand_in(upload: File, *, by, organisation) -> StockImport:
    """Take in an XLSX list or a ZIP of originals and have it read by a job.

    :raises NotAuthorised: the person may not register there. :raises FileRefused: not a harmless XLSX or ZIP.
    """
    if not may(by, AUTHORITY, organisation):
        raise NotAuthorised("您没有在该机构登记存量文件的权限。")
    name = safe_name(upload.name or "")
    is_archive = name.lower().endswith(".zip")
    blob = _kept_archive(upload) if is_archive else _kept_list(upload)
    kind = StockImport.Kind.ARCHIVE if is_archive else StockImport.Kind.SHEET
    with transaction.atomic():
        return _asked(organisation, kind, name, blob, by)


def _kept_list(upload: File) -> Blob:
    with intake.received(upload) as received:
        if received.kind is not kinds.XLSX:
            raise FileRefused("type_not_accepted", "请上传按模板填写的 Excel 清单（.xlsx），或者原文的 ZIP 压缩包。")
        return packets.keep(received.stream, received.digest, received.size, received.kind.content_type)


def _kept_archive(upload: File) -> Blob:
    """The packet itself; its files are judged one by one when they are read."""
    running, size = digests.new(), 0
    with storage.incoming() as stream:
        for piece in upload.chunks(PIECE):
            size += len(piece)
            running.update(piece)
            stream.write(piece)
        if not size:
            raise FileRefused("empty", "文件是空的（0 字节）。请检查原文件后重新上传。")
        if size > packets.LARGEST:
            raise intake.too_large()
        stream.flush()
        with packets.judged_archive(stream) as opened:
            packets.of_archive(opened)
        return packets.keep(stream, running.hexdigest(), size, ZIP)


def _asked(organisation, kind, name: str, blob: Blob, by) -> StockImport:
    earlier = StockImport.objects.filter(organisation=organisation, blob=blob).exclude(state="dropped").first()
    notes = [f"同样的内容已于 {earlier.handed_in_at:%Y-%m-%d} 上传过。"] if earlier else []
    handed_in = StockImport.objects.create(
        organisation=organisation, kind=kind, name=name, blob=blob, notes=notes, handed_in_by=by, handed_in_at=now()
    )
    record(HANDED_IN, by=by, organisation=organisation, summary=name, payload={"digest": blob.digest})
    handed_in.job = ask(READ, f"读取：{name}"[:200], by=by, key=f"stock:{handed_in.pk}", import_id=handed_in.pk)
    handed_in.save(update_fields=["job"])
    return handed_in


@job(READ)
def read(taken, report, *, import_id: int) -> str:
    """Read what was handed in into lines; run twice, it changes nothing."""
    stock_import = StockImport.objects.select_related("organisation", "blob").get(pk=import_id)
    if stock_import.state == StockImport.State.READING:
        try:
            lines, notes = _lines_of(stock_import, report)
        except (UnreadableList, FileRefused) as refusal:
            _close(stock_import, [], [str(refusal)], StockImport.State.UNREADABLE)
        else:
            _close(stock_import, lines, notes, StockImport.State.READ)
    return f"/staff/normative-documents/stock/{stock_import.public_id}/"


def _lines_of(stock_import: StockImport, report) -> tuple[list[StockLine], list[str]]:
    with storage.open_blob(stock_import.blob.digest) as stream:
        if stock_import.kind == StockImport.Kind.SHEET:
            return sheet_lines(stock_import.organisation, LIST.read(stream), report)
        with packets.judged_archive(stream) as opened:
            return packet_lines(stock_import.organisation, packets.of_archive(opened), report)


def sheet_lines(organisation, found: ReadList, report) -> tuple[list[StockLine], list[str]]:
    """The lines of a list that a person typed."""
    checker = Checker(organisation)
    lines = []
    for index, (number, typed) in enumerate(found.rows):
        if index % 20 == 0:
            report(5 + 90 * index // len(found.rows), f"正在检查第 {number} 行")
        lines.append(_line(number, checker.check(number, typed)))
    return lines, found.notes


def packet_lines(organisation, packet: packets.Packet, report) -> tuple[list[StockLine], list[str]]:
    """The lines of a packet: one for each file, completed from the list beside the files, if there is one.

    :raises UnreadableList: the list is there and cannot be read.
    """
    checker, listed = Checker(organisation), packet.list()
    rows = {typed["source_file"].lower(): typed for _, typed in listed.rows if typed.get("source_file")}
    lines = []
    for number, entry in enumerate(packet.files, start=1):
        report(5 + 90 * number // len(packet.files), f"正在识别 {number}/{len(packet.files)}：{entry.name}"[:200])
        found = packet.read(entry)
        if found.refusal:
            refused = Checked(problems=[["原文", found.refusal]])
            lines.append(_line(number, refused, source=found.name))
            rows.pop(found.name.lower(), None)
            continue
        typed, warnings = _completed(found, rows.pop(found.name.lower(), {}))
        checked = checker.check(number, typed, from_file=True)
        checked.warnings = [*found.metadata.warnings, *warnings, *checked.warnings]
        lines.append(_line(number, checked, source=found.name, blob=found.blob))
    for number, name in enumerate(rows, start=len(lines) + 1):
        lost = Checked(values=rows[name], problems=[["原文文件名", "压缩包中没有这个文件"]])
        lines.append(_line(number, lost, source=rows[name]["source_file"]))
    return lines, listed.notes


def _completed(found: packets.ReadFile, row: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What was read, completed by the row that a person typed; where they differ the person is followed and told."""
    values = values_of(found.metadata, found.text)
    warnings = []
    for code, typed in row.items():
        printed = values.get(code, "")
        if code in ("title", "document_number", "issued_on", "effective_on", "valid_until") and printed:
            same = {"title": normalised_title, "document_number": normalised_number}.get(code, str)
            if same(printed) != same(typed):
                warnings.append(f"{BY_CODE[code].label}：清单写“{typed}”，原文是“{printed}”，已采用清单。")
        if code != "draft_text" or not values["draft_text"]:
            values[code] = typed
    return values, warnings


def values_of(metadata: ImportedMetadata, text: str) -> dict[str, str]:
    """What was read in a text, by the columns of a list."""
    read = {
        "title": (metadata.title or "")[:200],
        "document_number": metadata.document_number,
        "issuing_authority": metadata.issuing_body,
        "issued_on": metadata.issued_on,
        "effective_on": metadata.effective_on,
        "valid_until": metadata.valid_until,
        "validity_text": (metadata.validity or "")[:300],
        "adopted_at": (metadata.adopted_at or "")[:120],
        "repeals_text": repeals_in_words(metadata),
        "draft_text": text,
    }
    return {code: value for code, value in read.items() if value}


def _line(number: int, checked: Checked, *, source: str = "", blob: Blob | None = None) -> StockLine:
    return StockLine(
        number=number, source=source, blob=blob, values=checked.values, problems=checked.problems,
        warnings=checked.warnings, missing=checked.missing, outcome=checked.outcome, known=checked.known,
    )  # fmt: skip


@transaction.atomic
def _close(stock_import: StockImport, lines: list[StockLine], notes: list[str], state: str) -> None:
    held = StockImport.objects.select_for_update(of=("self",)).get(pk=stock_import.pk)
    if held.state != StockImport.State.READING:
        return
    keep_lines(held, lines)
    held.notes, held.state = [*held.notes, *notes], state
    held.save(update_fields=["notes", "state"])


def keep_lines(stock_import: StockImport, lines: list[StockLine]) -> None:
    """Store the lines of an import. What is faulty and known at once is shown as faulty."""
    for line in lines:
        line.stock_import = stock_import
    StockLine.objects.bulk_create(lines, batch_size=200)
