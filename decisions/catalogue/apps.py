from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The yearly catalogue of major decision matters, and what became of it."""

    name = "decisions.catalogue"
    label = "decisions_catalogue"
    verbose_name = "重大行政决策事项目录"

    def ready(self):
        from decisions import events
        from decisions.catalogue.linking import standing
        from portal.web import front, navigation

        # Read here: the kind of filing that catalogues are filed by.
        import_module("decisions.catalogue.filing_kind")
        events.catalogue_standing.append(standing)
        navigation.register("staff", "决策目录", "catalogue:overview", "decisions.draft", order=47)
        navigation.register("county", "决策目录", "catalogue:county", "county.see", order=36)
        front.register_door(
            front.Door("决策事项目录", "每年决定哪些重大事项、计划和结果", "catalogue:public-list", order=58)
        )
