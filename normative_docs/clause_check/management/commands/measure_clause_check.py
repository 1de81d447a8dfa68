"""How well the clause check does on a folder of real texts: `measure_clause_check DIR`."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from normative_docs.clause_check.measuring import NothingToCheck, measure_clauses


class Command(BaseCommand):
    help = "用真实文本检验条款检查：期望条款的提示率，以及每 1500 字提示几条。"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="存放文本（和期望条款 JSON）的文件夹")
        parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 值")
        parser.add_argument("--on", help="按哪一天看有效期和依据的效力（YYYY-MM-DD）；缺省按文件印明的日期")

    def handle(self, *args, folder, on, **options):
        if not folder.is_dir():
            raise CommandError(f"文件夹不存在：{folder}")
        try:
            result = measure_clauses(folder, on=date.fromisoformat(on) if on else None).as_dict()
        except NothingToCheck as error:
            raise CommandError(str(error)) from error
        except ValueError as error:
            raise CommandError(f"日期或者期望条款的格式不对：{error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        if result["expected"]:
            self.stdout.write(f"期望条款：{result['hinted']} / {result['expected']} 有提示（{result['percent']} %）")
            self.stdout.write(
                f"  按所列各处计：{result['places_hinted']} / {result['places']}（{result['places_percent']} %）"
            )
        for miss in result["missed"]:
            self.stdout.write(f"  没有提示：{miss['file']} {miss['at']}")
        self.stdout.write(
            f"全部文本：{result['characters']} 字，{result['hints']} 条，每 1500 字 {result['per_1500']} 条"
        )
        for name, text in result["texts"].items():
            self.stdout.write(f"  {name:<40} {text['characters']:>6} 字 {text['hints']:>3} 条  {text['per_1500']}")
        for name, why in result["unread"].items():
            self.stdout.write(f"未检查 {name}：{why}")
