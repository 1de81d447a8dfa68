import json

from django.core.management.base import BaseCommand, CommandError

from portal.search.index import rebuild, rebuild_all
from portal.search.registry import kind_named, kinds


class Command(BaseCommand):
    help = "Build the search index anew from what the apps declare; the old entries serve until each is replaced."

    def add_arguments(self, parser):
        parser.add_argument("--kind", help="only this kind")
        parser.add_argument("--json", action="store_true", help="print one JSON object: entries per kind")

    def handle(self, *args, kind=None, **options):
        if kind is None:
            counts = rebuild_all()
        else:
            try:
                counts = {kind: rebuild(kind_named(kind))}
            except KeyError as error:
                known = "、".join(declared.kind for declared in kinds()) or "无"
                raise CommandError(f"没有可检索的类别 {kind}。现有：{known}。") from error
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name}：{count} 条")
        self.stdout.write(f"共 {sum(counts.values())} 条检索条目")
