from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountabilityConfig(AppConfig):
    name = "portal.oversight.accountability"
    label = "accountability"
    verbose_name = "责任追究"

    def ready(self):
        from portal.web.navigation import register

        # Each room tells in its own module who had a hand in a file.
        autodiscover_modules("answerable")
        import_module("portal.oversight.accountability.sealing")  # seals the chain with the step that decides
        register("staff", "责任追溯", "accountability:files", "accountability.see", order=90)
        register("county", "责任追溯", "accountability:files", "accountability.see", order=60)
