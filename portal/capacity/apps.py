"""Experts and legal advisers are asked for by the procedures; this room knows none of them."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "portal.capacity"
    label = "capacity"
    verbose_name = "法治能力"

    def ready(self):
        from portal.web import navigation

        for audience in ("staff", "county"):
            navigation.register(audience, "专家和顾问", "capacity:home", "experts.see", order=65)
        navigation.register("public", "专家名单", "capacity:public-experts", order=62)
