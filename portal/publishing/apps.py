from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PublishingConfig(AppConfig):
    """What the public may see: faces, masking, publication register, take-down."""

    name = "portal.publishing"
    label = "publishing"
    verbose_name = "公开发布"

    def ready(self):
        from portal.publishing.register import keep_repeal
        from portal.web import front, navigation
        from portal.workflow.perform import follow

        autodiscover_modules("public")
        follow(keep_repeal)
        navigation.register("public", "首页", "publishing:home", order=1)
        navigation.register("public", "政策文件", "publishing:documents", order=10)
        navigation.register("public", "无障碍声明", "publishing:accessibility", place="tools", order=10)
        for order, (label, url_name) in enumerate(
            (
                ("网站地图", "publishing:sitemap"),
                ("使用帮助", "publishing:help"),
                ("隐私声明", "publishing:privacy"),
                ("无障碍声明", "publishing:accessibility"),
                ("开放数据", "publishing:open-data"),
            ),
            start=10,
        ):
            navigation.register("public", label, url_name, place="footer", order=order)
        navigation.register("staff", "公开与互动", "publishing:staff-queue", "casefiles.see", order=60)
        front.register_door(front.Door("政策文件", "按机关、年份、效力查找", "publishing:documents", order=10))
        front.register_door(front.Door("开放数据", "下载 JSON、CSV 目录", "publishing:open-data", order=80))
        front.register_door(front.Door("使用帮助", "查找、核对效力、反映问题", "publishing:help", order=90))
