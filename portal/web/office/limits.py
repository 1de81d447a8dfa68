"""``/county/rules/limits/``: every time limit that can be named in this county, with where it stands."""

from itertools import groupby

from django.shortcuts import render
from django.urls import reverse

from portal.deadlines.limits import ACTIVE, UNCONFIRMED
from portal.deadlines.rules import registry
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.office.rules import HERE, own_county, tabs

OFF = "未启用"
STATES = (("active", ACTIVE), ("unconfirmed", UNCONFIRMED), ("off", OFF))


def state_of(limit, on) -> tuple[str, str]:
    """(code, word) of a wording on a day: 有效, 待核 or 未启用; outside its dates of effect it is off too."""
    if limit.state == UNCONFIRMED:
        return STATES[1]
    if limit.state != ACTIVE or not limit.in_force_on(on):
        return STATES[2]
    return STATES[0]


class LimitsView(InsideView):
    """By chapter; ``?state=`` and ``?q=`` narrow the list."""

    authority = "county.rules"

    def get(self, request):
        county = own_county(request.user)
        region = county.region if county.region in registry().regions else None
        state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:40]
        rows = []
        for code in registry().codes(region):
            for limit in registry().wordings(code, region):
                state_code, state_word = state_of(limit, today())
                if state and state != state_code:
                    continue
                if words and not any(words in text for text in (limit.label, limit.code, limit.citation)):
                    continue
                rows.append(
                    {"limit": limit, "state": state_word, "tag": {"active": "live", "off": "dead"}.get(state_code, "")}
                )
        rows.sort(key=lambda row: (row["limit"].chapter, row["limit"].code, str(row["limit"].valid_from)))
        chapters = [
            {"name": name, "rows": list(group)} for name, group in groupby(rows, key=lambda row: row["limit"].chapter)
        ]
        context = {
            "title": "法定期限",
            "crumbs": [(HERE, reverse("office:rules")), ("法定期限", "")],
            "tabs": tabs("limits"),
            "chapters": chapters,
            "total": len(rows),
            "states": STATES,
            "state": state,
            "words": words,
        }
        return render(request, "office/limits.html", context)
