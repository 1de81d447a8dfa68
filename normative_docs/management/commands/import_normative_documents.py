"""Opens a draft for every document of a folder: `import_normative_documents DIR --organisation NAME`."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from normative_docs.management.organisations import organisation_named
from normative_docs.stock import packets
from normative_docs.stock.models import StockLine
from normative_docs.stock.reading import AUTHORITY, packet_lines
from normative_docs.stock.recording import drafts_from_folder
from portal.accounts.authority import holders
from portal.documents.refusals import FileRefused
from portal.web.list_sheets import UnreadableList
from portal.workflow.refusals import StepRefused

NOT_SHOWN = ("draft_text",)


class Command(BaseCommand):
    help = "读取文件夹中的现有规范性文件（TXT、DOCX、PDF），逐件立卷为待核对的草稿；由人员核对登记后才算存量登记。"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="存放规范性文件原文的文件夹，可以附一份按模板填写的 XLSX 清单")
        parser.add_argument("--organisation", required=True, help="登记到哪个乡镇（全称、简称、代码或别名）")
        parser.add_argument("--dry-run", action="store_true", help="只读取，不立卷")
        parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 值")

    def handle(self, *args, folder, organisation, **options):
        if not folder.is_dir():
            raise CommandError(f"文件夹不存在：{folder}")
        town = organisation_named(organisation)
        by = holders(AUTHORITY, town).first()
        if by is None:
            raise CommandError(f"{town.name}没有可以登记规范性文件的人员。")
        try:
            if options["dry_run"]:
                lines, notes = packet_lines(town, packets.of_folder(folder), _told)
            else:
                made = drafts_from_folder(folder, organisation=town, by=by, report=_told)
                lines, notes = list(made.lines.select_related("document", "known")), made.notes
        except (FileRefused, UnreadableList, StepRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = [_row(line) for line in lines]
        if options["json"]:
            self.stdout.write(json.dumps({"notes": notes, "files": rows}, ensure_ascii=False))
        else:
            self._print(notes, rows, dry=options["dry_run"])

    def _print(self, notes: list[str], rows: list[dict], *, dry: bool) -> None:
        for note in notes:
            self.stdout.write(note)
        for row in rows:
            self.stdout.write(f"{row['file']}：{row['outcome_label']}　{row['values'].get('title', '')}")
            for label, message in row["problems"]:
                self.stdout.write(f"    错误 {label}：{message}")
            if row["missing"]:
                self.stdout.write(f"    未识别出：{'、'.join(row['missing'])}")
            for warning in row["warnings"]:
                self.stdout.write(f"    提示：{warning}")
        new = sum(row["outcome"] == StockLine.Outcome.NEW for row in rows)
        self.stdout.write(f"共 {len(rows)} 个文件，{'可以立卷' if dry else '已立卷为草稿'} {new} 件。")


def _told(percent: int, message: str) -> None:
    """Progress goes to the error channel, so that standard output stays one value."""
    sys.stderr.write(f"{percent:3d}% {message}\n")


def _row(line: StockLine) -> dict:
    return {
        "file": line.source,
        "outcome": str(line.outcome),
        "outcome_label": StockLine.Outcome(line.outcome).label,
        "values": {code: value for code, value in line.values.items() if code not in NOT_SHOWN},
        "problems": line.problems,
        "missing": line.missing,
        "warnings": line.warnings,
        "document": line.document.number if line.document else None,
        "known": line.known.number if line.known else None,
    }
