from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "portal.draws"
    label = "draws"
    verbose_name = "公开抽取"
