from importlib import import_module

from django.apps import AppConfig


class NormativeDocsConfig(AppConfig):
    name = "normative_docs"
    verbose_name = "行政规范性文件"

    def ready(self):
        # Reading the module registers the kind of filing; it needs the models, so not before now.
        import_module("normative_docs.papers")
