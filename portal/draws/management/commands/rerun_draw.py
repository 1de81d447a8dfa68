"""``rerun_draw``: do a published draw again from its downloaded text. It asks neither database nor network."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.draws.transcript import Transcript, Unreadable, read


class Command(BaseCommand):
    help = "按下载的抽取记录重做一遍公开抽取：相符的退出码为 0，不符或者读不懂的为 1。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.txt", help="从公开抽取页面下载的记录")

    def handle(self, *args, **options):
        path = Path(options["file"])
        try:
            transcript = read(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不出 {path}：{error}") from error
        except Unreadable as wrong:
            raise CommandError(str(wrong)) from wrong
        wrong = transcript.disagreements()
        if wrong:
            raise CommandError("不符。\n" + "\n".join(wrong))
        self._say(transcript)

    def _say(self, transcript: Transcript) -> None:
        self.stdout.write(f"名册摘要相符：{transcript.digest}")
        if not transcript.is_drawn:
            self.stdout.write("尚未抽取，只有名册。")
            return
        labels = {(lot.group, lot.number): lot.label for lot in transcript.lots}
        for group in transcript.groups:
            self.stdout.write(f"第 {group.order} 组 {group.name}，名额 {group.places}")
            for order, rank, outcome, number, _ in transcript.computed():
                if order == group.order:
                    self.stdout.write(f"  {rank}. {outcome}　{labels[order, number]}")
        self.stdout.write(f"抽取结果相符。种子：{transcript.seed}")
        self.stdout.write("请再核对名册摘要和种子与公开页面上的一致。")
