from importlib import import_module

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Whether a document still does what it was made for, and what follows from that."""

    name = "normative_docs.evaluation"
    label = "normative_docs_evaluation"
    verbose_name = "规范性文件评估"

    def ready(self):
        from portal.web.navigation import register

        # Read here: the kind of filing, how an evaluation is worked on, and what a newly opened continuation is given.
        import_module("normative_docs.evaluation.filing_kind")
        import_module("normative_docs.evaluation.desk")
        import_module("normative_docs.evaluation.continuing")
        register("staff", "评估", "evaluation:due", "normative_docs.evaluate", order=46)
