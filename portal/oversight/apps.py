from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Everything addressed upward: filings and their review."""

    name = "portal.oversight"
    label = "oversight"
    verbose_name = "报备与监督"

    def ready(self):
        from portal.web.navigation import register

        register("staff", "报备", "oversight:staff-filings", "oversight.file", order=40)
        register("county", "备案审查", "oversight:county-filings", "oversight.decide", order=20)
        register("county", "监督", "oversight:supervision", "county.see", order=30)
        register("public", "备案目录", "oversight:filings", order=60)
