from importlib import import_module

from django.apps import AppConfig


class InForceConfig(AppConfig):
    """Relations between documents and the text in force on a day."""

    name = "normative_docs.in_force"
    label = "normative_docs_in_force"
    verbose_name = "规范性文件效力"

    def ready(self):
        # Reading the module registers what follows a publication and what the public page adds.
        import_module("normative_docs.in_force.registering")
        # What the filing of a document compares with, and what the county's revocation does.
        import_module("normative_docs.in_force.filing")
