"""Records an existing normative document from its file: `import_normative_document FILE`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from normative_docs.importing import ImportedMetadata, UnreadableDocument, read_metadata
from normative_docs.management.organisations import organisation_named
from normative_docs.recording import record_existing
from portal.documents.refusals import FileRefused
from portal.organisations.models import Organisation
from portal.workflow.refusals import StepRefused

LABELS = {
    "title": "标题",
    "document_number": "发文字号",
    "issuing_body": "制定机关",
    "issued_on": "成文日期",
    "effective_on": "施行日期",
    "valid_until": "有效期至",
    "validity": "有效期条款",
    "adopted_at": "通过会议",
}


class Command(BaseCommand):
    help = "读取现有规范性文件（TXT、DOCX、PDF）的要素并登记；--dry-run 只读取不登记。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="规范性文件的文本（TXT、DOCX 或 PDF）")
        parser.add_argument("--organisation", help="登记到哪个机构（全称、简称、代码或别名）；缺省按制定机关查找")
        parser.add_argument("--dry-run", action="store_true", help="只读取，不登记")
        parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 值")

    def handle(self, *args, file, **options):
        try:
            metadata = read_metadata(file)
        except UnreadableDocument as error:
            raise CommandError(str(error)) from error
        organisation = organisation_named(options["organisation"]) if options["organisation"] else None
        document = None
        if not options["dry_run"]:
            document = _record(metadata, organisation or _issuer(metadata), file)
        if options["json"]:
            self.stdout.write(json.dumps(metadata.as_dict(), ensure_ascii=False))
        else:
            self._print(metadata)
            if document is not None:
                self.stdout.write(f"已登记：{document}")

    def _print(self, metadata: ImportedMetadata) -> None:
        for name, label in LABELS.items():
            self.stdout.write(f"{label}：{getattr(metadata, name) or '（未印）'}")
        for repeal in metadata.repeals:
            title = f"《{repeal.title}》" if repeal.title else ""
            self.stdout.write(f"废止：{title}{repeal.number or ''}，自 {repeal.from_date or '（未印）'} 起")
        for warning in metadata.warnings:
            self.stdout.write(f"提示：{warning}")


def _record(metadata: ImportedMetadata, organisation: Organisation, file: Path):
    try:
        return record_existing(metadata, organisation=organisation, source_path=file)
    except (StepRefused, FileRefused) as refusal:
        raise CommandError(str(refusal)) from refusal


def _issuer(metadata: ImportedMetadata) -> Organisation:
    """The issuing body printed on the document, among the organisations of the portal."""
    if not metadata.issuing_body:
        raise CommandError("文中没有印出制定机关，请用 --organisation 指明登记到哪个机构。")
    bodies = metadata.issuing_body.split("、")
    known = [
        o
        for o in Organisation.objects.all()
        if any(b == o.name or o.name.endswith(b) or b.endswith(o.name) for b in bodies)
    ]
    if len(known) != 1:
        raise CommandError(f"制定机关“{metadata.issuing_body}”在机构表中没有唯一对应，请用 --organisation 指明。")
    return known[0]
