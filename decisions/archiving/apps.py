from importlib import import_module

from django.apps import AppConfig


class ArchivingConfig(AppConfig):
    """The folder of each decision, and the directory of what was archived."""

    name = "decisions.archiving"
    label = "decisions_archiving"
    verbose_name = "决策归档"

    def ready(self):
        # The gate of the last step asks for the list also where no address is ever read, as in a worker.
        import_module("decisions.archiving.items")
