from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """How an evaluation is worked on, whatever it evaluates. What it is, its own app declares."""

    name = "portal.evaluations"
    label = "evaluations"
    verbose_name = "后评估"
