from importlib import import_module

from django.apps import AppConfig


class DecisionEvaluationConfig(AppConfig):
    """Post-evaluation of decisions: chosen by the year, worked on, decided collectively, and acted upon."""

    name = "decisions.evaluation"
    label = "decisions_evaluation"
    verbose_name = "决策后评估"

    def ready(self):
        from portal.web.navigation import register

        # Read here: how an evaluation is worked on, and what it hangs into the page of its decision.
        import_module("decisions.evaluation.desk")
        register("staff", "决策后评估", "decision_evaluation:overview", "decisions.evaluate", order=47)
        register("county", "决策后评估", "decision_evaluation:county", "county.see", order=47)
