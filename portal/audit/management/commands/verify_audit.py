import json

from django.core.management.base import BaseCommand, CommandError

from portal.audit.verification import verify


class Command(BaseCommand):
    help = "Recompute every audit chain and compare with the anchors; exit 1 at the first fault."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args, **options):
        result = verify()
        if options["json"]:
            faults = [vars(fault) for fault in result.faults]
            counts = {"entries": result.entries, "chains": result.chains, "anchors": result.anchors}
            self.stdout.write(json.dumps({**counts, "whole": result.is_whole, "faults": faults}, ensure_ascii=False))
        else:
            self.stdout.write(f"{result.entries} 条记录，{result.chains} 条链，{result.anchors} 个固化值")
            for fault in result.faults:
                self.stdout.write(f"  第 {fault.entry} 条（{fault.chain} #{fault.sequence}）：{fault.what}")
        if not result.is_whole:
            raise CommandError("审计链不完整。")
