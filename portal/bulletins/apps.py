"""Bulletins stand on filings and on publishing."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "portal.bulletins"
    label = "bulletins"
    verbose_name = "备案审查情况通报"

    def ready(self):
        from portal.web import navigation

        navigation.register("county", "情况通报", "bulletins:list", "oversight.report", order=40)
