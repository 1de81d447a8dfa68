"""The annual report on law-based government."""

from django.apps import AppConfig
from django.core.checks import register


class ReportsConfig(AppConfig):
    """Stands on all rooms: figures of every app come together here, by their registered codes."""

    name = "portal.reports"
    label = "reports"
    verbose_name = "年度报告"

    def ready(self):
        from portal.reports.outline import figures_are_registered
        from portal.web import front, navigation

        register(figures_are_registered)
        navigation.register("staff", "统计报告", "reports:list", "casefiles.see", order=70)
        navigation.register("county", "统计报告", "reports:county-list", "county.see", order=70)
        navigation.register("public", "年度报告", "reports:public-list", order=40)
        front.register_door(front.Door("年度报告", "各乡镇（街道）法治政府建设情况", "reports:public-list", order=40))
