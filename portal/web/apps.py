from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "portal.web"
    label = "web"
    verbose_name = "界面"

    def ready(self):
        # Reading the module registers its system check; it needs the models, so not before now.
        import_module("portal.web.navigation")
        import_module("portal.web.menus")
        # Listens to what the accounts room tells, and writes it into the audit chains.
        import_module("portal.web.office.account_audit")
