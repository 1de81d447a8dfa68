from importlib import import_module

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "portal.dossiers"
    label = "dossiers"
    verbose_name = "立卷归档"

    def ready(self):
        # Reading the module registers the work of the queue.
        import_module("portal.dossiers.making")
        import_module("portal.dossiers.sealing")
