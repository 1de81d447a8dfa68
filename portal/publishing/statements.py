"""Standing pages of the public site: help, map, accessibility, privacy."""

from django.shortcuts import render
from django.urls import reverse

from portal.publishing.pages import PublicView, towns
from portal.web.navigation import Menus


class Statement(PublicView):
    """A page of fixed words; the facts of the site come from its settings."""

    template = ""
    title = ""
    description = ""

    def get(self, request):
        context = {
            "title": self.title,
            "crumbs": [("首页", reverse("publishing:home")), (self.title, "")],
            "column": {"name": self.title, "type": "网站说明", "description": self.description},
            **self.facts(request),
        }
        return render(request, self.template, context)

    def facts(self, request) -> dict:
        return {}


class Help(Statement):
    template = "publishing/help.html"
    title = "使用帮助"
    description = "如何查找文件、核对效力、提出意见和反映问题"


class SiteMap(Statement):
    """Every public page that a menu names, and every town."""

    template = "publishing/sitemap.html"
    title = "网站地图"
    description = "本站全部栏目和乡镇（街道）页面"

    def facts(self, request):
        public = Menus(request).public
        named = {item.url: item for place in ("main", "tools", "search", "footer") for item in public[place]}
        return {"pages": list(named.values()), "towns": towns()}


class Accessibility(Statement):
    template = "publishing/accessibility.html"
    title = "无障碍声明"
    description = "本站为残疾人、老年人提供的便利和意见渠道"


class Privacy(Statement):
    template = "publishing/privacy.html"
    title = "隐私声明"
    description = "本站处理个人信息的范围、目的和您的权利"
