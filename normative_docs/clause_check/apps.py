from importlib import import_module

from django.apps import AppConfig


class ClauseCheckConfig(AppConfig):
    """Hints on the clauses of a draft, for drafter and reviewer."""

    name = "normative_docs.clause_check"
    label = "normative_docs_clause_check"
    verbose_name = "规范性文件条款提示"

    def ready(self):
        # Read here: when a draft is checked, what the gate asks, what the opinion letter says of it.
        import_module("normative_docs.clause_check.registering")
