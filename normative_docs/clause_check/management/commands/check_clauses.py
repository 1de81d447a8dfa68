"""Hints on the clauses of a file: `check_clauses FILE`."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from normative_docs.clause_check.engine import check_text
from normative_docs.importing.reading import UnreadableDocument, read_lines
from portal.moment import today


class Command(BaseCommand):
    help = "找出规范性文件（TXT、DOCX、PDF）中需要审核人停下来看的条款；只是提示，不是结论。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="文件正文（TXT、DOCX 或 PDF）")
        parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 列表")
        parser.add_argument("--on", help="按哪一天看有效期和依据的效力（YYYY-MM-DD），缺省为今天")

    def handle(self, *args, file, on, **options):
        try:
            day = date.fromisoformat(on) if on else today()
        except ValueError as error:
            raise CommandError(f"日期应写成 2026-03-01 的样子：{on}") from error
        try:
            hints = check_text("\n".join(read_lines(file)), on=day)
        except UnreadableDocument as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([hint.as_dict() for hint in hints], ensure_ascii=False))
            return
        for hint in hints:
            self.stdout.write(f"{hint.at}　{hint.kind}\n    原文：{hint.text}\n    {hint.why}\n    依据：{hint.basis}")
        words = f"提示 {len(hints)} 条，仅供审核参考。" if hints else "没有提示；没有提示不等于没有问题。"
        self.stdout.write(words)
