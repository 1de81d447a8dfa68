"""``time_limit``: count a limit of the law from the command line, singly or from a file of questions."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.deadlines.asking import DEFAULT_REGION, answer, ask
from portal.deadlines.limits import LimitError


class Command(BaseCommand):
    help = "推算一个法定期限，并逐步说明理由；--batch 逐行推算 JSONL 文件，输出 JSON 列表。"

    def add_arguments(self, parser):
        parser.add_argument("code", nargs="?", metavar="CODE", help="期限代码，例如 foi_reply")
        parser.add_argument("--start", metavar="DATE", help="起算事件之日；向前推算的期限为事件之日")
        parser.add_argument("--extend", action="store_true", help="按法定最长天数延长一次")
        parser.add_argument("--suspend", action="append", default=[], metavar="FROM:TO", help="中止期间，可以多次给出")
        parser.add_argument("--region", default=DEFAULT_REGION, metavar="R", help="适用哪一地区的规则，或者：全国")
        parser.add_argument("--json", action="store_true", dest="as_json", help="标准输出只有一个 JSON 值")
        parser.add_argument("--batch", metavar="FILE", help='每行一个 {"code", "start", "extend", "suspend"}')

    def handle(self, *args, **options):
        if options["batch"]:
            self._print_json(self._batch(Path(options["batch"]), options["region"]))
            return
        if not options["code"] or not options["start"]:
            raise CommandError("请给出期限代码和 --start，或者 --batch 文件。")
        try:
            reckoning = ask(
                options["code"],
                options["start"],
                extend=options["extend"],
                suspend=options["suspend"],
                region=options["region"],
            )
        except LimitError as error:
            if options["as_json"]:
                self._print_json({"code": options["code"], "start": options["start"], "error": str(error)})
                sys.exit(1)
            raise CommandError(str(error)) from error
        if options["as_json"]:
            self._print_json(reckoning.as_json())
            return
        provisional = "（暂定）" if reckoning.provisional else ""
        self.stdout.write(f"{reckoning.limit.label}：{reckoning.effective_end}{provisional}")
        for number, step in enumerate(reckoning.steps, start=1):
            self.stdout.write(f"{number}. {step}")

    def _batch(self, path: Path, region: str) -> list[dict]:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不出 {path}：{error}") from error
        return [self._answer(number, line, region) for number, line in enumerate(lines, start=1) if line.strip()]

    @staticmethod
    def _answer(number: int, line: str, region: str) -> dict:
        try:
            question = json.loads(line)
        except json.JSONDecodeError:
            question = None
        if not isinstance(question, dict):
            return {"code": None, "start": None, "error": f"第 {number} 行不是一个 JSON 对象。"}
        return answer({"region": region, **question})

    def _print_json(self, value) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False))
