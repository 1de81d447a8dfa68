"""``/staff/system/``: whether everything that has to run is running. For the system administrator."""

from django.shortcuts import render

from portal.web.inside.access import InsideView
from portal.web.office.health import findings, versions


class SystemView(InsideView):
    authority = "system.run"

    def get(self, request):
        found = findings()
        context = {
            "title": "系统运行",
            "crumbs": [("系统运行", "")],
            "findings": found,
            "bad": sum(finding.state != "fine" for finding in found),
            "versions": versions(),
        }
        return render(request, "office/system.html", context)
