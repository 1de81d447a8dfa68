from importlib import import_module

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "重大行政决策"

    def ready(self):
        from portal.draws.registry import draw_kind

        draw_kind("decision_experts", "论证专家")
        # Reading the modules says by which list decisions are reviewed, and what the county is asked about them.
        import_module("decisions.checklist")
        import_module("decisions.papers")
