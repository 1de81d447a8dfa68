from importlib import import_module

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Everything addressed upward: filings and their review."""

    name = "portal.oversight"
    label = "oversight"
    verbose_name = "报备与监督"

    def ready(self):
        import_module("portal.oversight.assigning")  # keeps a filing on its desk from step to step
        from portal.web.navigation import register

        register("staff", "报备", "oversight:staff-filings", "oversight.file", order=40)
        register("county", "备案审查", "oversight:county-filings", "oversight.decide", order=20)
        register("county", "监督", "oversight:supervision", "county.see", order=30)
        register("county", "文件检查", "oversight:inspections", "oversight.inspect", order=35)
        register("public", "备案目录", "oversight:filings", order=60)
