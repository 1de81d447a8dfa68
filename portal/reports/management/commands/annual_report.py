"""``annual_report``: a town's annual report on law-based government as JSON, PDF or Word; it only reads."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from portal.documents.rendering import MissingCharacters, render_docx, render_pdf
from portal.moment import today
from portal.organisations.models import Organisation
from portal.reports.composing import compose
from portal.reports.papers import annual_report_paper
from portal.reports.writing import FIRST_YEAR, report_of


def find_organisation(name: str) -> Organisation:
    """By full name, short name, code or an earlier name. :raises CommandError: none, or more than one."""
    name = name.strip()
    exact = Organisation.objects.filter(Q(name=name) | Q(code=name)).first()
    if exact is not None:
        return exact
    found = list(Organisation.objects.filter(Q(short_name=name) | Q(aliases__name=name)).distinct()[:6])
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"“{name}”对应不止一个机构：{'、'.join(one.name for one in found)}。请用全称。")
    towns = "、".join(Organisation.objects.towns().values_list("name", flat=True)[:20])
    raise CommandError(
        f"没有名为“{name}”的机构。" + (f"现有乡镇（街道）：{towns}。" if towns else "系统中还没有乡镇（街道）。")
    )


class Command(BaseCommand):
    help = "输出一个机构某年度的法治政府建设年度报告（JSON、PDF 或 Word），不写入数据库。"

    def add_arguments(self, parser):
        parser.add_argument("--organisation", required=True, metavar="NAME", help="机构全称、简称或者代码")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY", help="报告年度")
        parser.add_argument("--format", choices=("json", "pdf", "docx"), default="json", dest="kind")
        parser.add_argument("--output", required=True, metavar="FILE", help="输出文件；- 为标准输出")

    def handle(self, *args, **options):
        year = options["year"]
        if not FIRST_YEAR <= year <= today().year:
            raise CommandError(f"报告年度应当在 {FIRST_YEAR} 年至 {today().year} 年之间。")
        organisation = find_organisation(options["organisation"])
        self._put(self._content(organisation, year, options["kind"]), options["output"])

    @staticmethod
    def _content(organisation, year: int, kind: str) -> bytes:
        composition = compose(organisation, year)
        if kind == "json":
            return (json.dumps(composition.as_json(), ensure_ascii=False, indent=2) + "\n").encode()
        report = report_of(organisation, year)
        paper = annual_report_paper(composition, issued_on=report.approved_on if report else None)
        try:
            return render_pdf(paper) if kind == "pdf" else render_docx(paper)
        except MissingCharacters as missing:
            raise CommandError(str(missing)) from missing

    def _put(self, content: bytes, target: str) -> None:
        if target == "-":
            try:
                self.stdout.write(content.decode(), ending="")
            except UnicodeDecodeError:
                sys.stdout.buffer.write(content)
                sys.stdout.buffer.flush()
            return
        try:
            Path(target).write_bytes(content)
        except OSError as error:
            raise CommandError(f"不能写入 {target}：{error.strerror or error}。") from error
        self.stderr.write(f"已写入 {target}（{len(content)} 字节）。")
