from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "重大行政决策"

    def ready(self):
        # Reading the module says by which list decisions are reviewed.
        import_module("decisions.checklist")
