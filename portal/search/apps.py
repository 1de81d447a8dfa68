from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"
    verbose_name = "检索"

    def ready(self):
        from portal.search.registry import kinds
        from portal.search.signals import connect
        from portal.web import navigation

        # First what lies below: what apps declare in their `search.py` may add to it.
        import_module("portal.search.published")
        autodiscover_modules("search")
        for declared in kinds():
            connect(declared)
        navigation.register("public", "检索公开文件", "search:public", place="search")
        for audience in ("staff", "county"):
            navigation.register(audience, "检索", "search:staff", place="search")
