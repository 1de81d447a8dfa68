"""``/bodies/``: which bodies may issue normative documents, as the county's list says today (S1-9.1a)."""

from django.shortcuts import render
from django.urls import reverse

from portal.moment import today
from portal.organisations.models import Power, Qualification
from portal.publishing.pages import PublicView


class Bodies(PublicView):
    """Whoever stands on the list, since when, and who left it; the law's words on who can't stand there."""

    def get(self, request):
        day = today()
        entries = Qualification.objects.filter(power=Power.NORMATIVE_DOCUMENTS, valid_from__lte=day)
        listed, left = [], []
        for entry in entries.select_related("organisation"):
            (left if entry.valid_until and entry.valid_until < day else listed).append(entry)
        title = "规范性文件制定主体清单"
        context = {
            "title": title,
            "crumbs": [("首页", reverse("publishing:home")), (title, "")],
            "column": {"name": title, "type": "清单", "description": "经县人民政府公布、可以制发行政规范性文件的机构"},
            "listed": listed,
            "left": left,
            "day": day,
        }
        return render(request, "publishing/bodies.html", context)
