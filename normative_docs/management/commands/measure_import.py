"""How well an importer reads a folder of real texts: `measure_import KIND DIR`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from normative_docs.importing.measuring import KINDS, NothingToMeasure, Score, measure


class Command(BaseCommand):
    help = "用带有期望结果的真实文本检验导入的准确程度，逐项给出得分并列出差异。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("kind", help=f"检验的种类：{'、'.join(KINDS)}")
        parser.add_argument("folder", type=Path, help="存放文本与期望结果 JSON 的文件夹")
        parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 值")

    def handle(self, *args, kind, folder, **options):
        if kind not in KINDS:
            raise CommandError(f"没有这个种类：{kind}。可用：{'、'.join(KINDS)}")
        if not folder.is_dir():
            raise CommandError(f"文件夹不存在：{folder}")
        try:
            score = measure(KINDS[kind], folder)
        except NothingToMeasure as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"kind": kind, **score.as_dict()}, ensure_ascii=False))
        else:
            self._print(KINDS[kind].name, score)

    def _print(self, name: str, score: Score) -> None:
        result = score.as_dict()
        self.stdout.write(f"{name}：{result['right']} / {result['of']} 项正确（{result['percent']} %）")
        if score.unprinted:
            self.stdout.write(
                f"其中 {result['unprinted']} 项的值在文本中没有印出；印出的读对 {result['percent_of_printed']} %"
            )
        for field_name, figures in result["fields"].items():
            self.stdout.write(f"  {field_name:<16} {figures['right']} / {figures['of']}")
        for missing in score.missing_files:
            self.stdout.write(f"未检验，缺少文本：{missing}")
        for miss in score.misses:
            note = "（文中未印，不应填写）" if miss in score.invented else ""
            note = "（文中没有印出）" if miss["unprinted"] else note
            self.stdout.write(
                f"差异 {miss['file']} {miss['field']}{note}\n    期望：{miss['expected']}\n    读出：{miss['found']}"
            )
