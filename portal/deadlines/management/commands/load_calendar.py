"""``load_calendar``: load or correct a year's holiday notice, after showing what it moves."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.deadlines.calendar import read_notice
from portal.deadlines.notices import apply_notice, preview_notice


class Command(BaseCommand):
    help = "载入或者更正一个年度的放假安排，并重新推算受影响的期限；先用 --preview 看变动。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="放假安排（TOML）")
        parser.add_argument("--region", default="", metavar="R", help="地区代码；留空为全国安排")
        parser.add_argument("--preview", action="store_true", help="只列出将要变动的期限，不写入")

    def handle(self, *args, **options):
        try:
            notice = read_notice(Path(options["file"]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        act = preview_notice if options["preview"] else apply_notice
        moved = act(notice, region=options["region"])
        for change in moved:
            clock = change.deadline
            self.stdout.write(f"{clock.file.number} {clock.label}：{change.old} → {change.new}")
        verb = "将变动" if options["preview"] else "已载入，变动"
        self.stdout.write(f"{notice.title}：{verb} {len(moved)} 项期限。")
