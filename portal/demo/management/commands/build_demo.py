import gc
import os
import secrets
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import Person
from portal.casefiles.models import CaseFile
from portal.demo.building import build
from portal.demo.typesetter import typesetting_ahead
from portal.moment import today


class Command(BaseCommand):
    # `migrate` has run them before; they would take as long as three documents.
    requires_system_checks = ()
    help = "Build 云溪县 with documents in every stage, relative to the day. Built again, it changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--today", help="the day the demo is seen from (YYYY-MM-DD); by default the real one")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are people already")

    def handle(self, *args, **options):
        if options["if_empty"] and Person.objects.exists():
            return
        try:
            day = date.fromisoformat(options["today"]) if options["today"] else today()
        except ValueError as error:
            raise CommandError("--today 应当是 2026-11-22 这样的日期。") from error
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)  # millions of objects come and go, hardly any of them in circles
        with typesetting_ahead():
            world = build(day, password)
        if world is None:
            self.stdout.write("演示数据已经建好，没有改动。")
            return
        self.stdout.write(
            f"已建成云溪县：{len(world.units)} 个机构，{len(world.people)} 人，{CaseFile.objects.count()} 件案卷。"
        )
        if not os.environ.get("DEMO_PASSWORD"):
            self.stdout.write(f"演示账号密码：{password}")
