from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "人员与权限"

    def ready(self):
        # Both connect or declare what needs the models: the sessions in use, the age of passwords.
        import_module("portal.accounts.sessions")
        import_module("portal.accounts.passwords")
