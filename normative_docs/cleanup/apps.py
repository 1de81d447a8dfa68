from django.apps import AppConfig


class CleanupConfig(AppConfig):
    """Campaigns that go through every valid document of a town and say what becomes of it."""

    name = "normative_docs.cleanup"
    label = "normative_docs_cleanup"
    verbose_name = "规范性文件清理"

    def ready(self):
        from portal.web import front, navigation

        navigation.register("staff", "清理", "cleanup:overview", "normative_docs.clean_up", order=45)
        navigation.register("county", "清理", "cleanup:county", "county.see", order=35)
        front.register_door(front.Door("清理结果", "保留、修改、废止和宣布失效的文件", "cleanup:public-list", order=60))
