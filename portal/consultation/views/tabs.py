"""The kinds of public participation, as tabs above their lists: one entry of the navigation leads to them all."""

from django.urls import reverse

KINDS = (
    ("public-list", "草案征求意见"),
    ("public-sessions", "听证与座谈"),
    ("public-questionnaires", "问卷调查"),
    ("public-matters", "决策进程"),
)


def kind_tabs(current: str) -> list[dict]:
    """Tabs for ``components/tabs.html``; ``current`` is the URL name of the list that is shown."""
    return [
        {"label": label, "url": reverse(f"consultation:{name}"), "current": name == current, "count": None}
        for name, label in KINDS
    ]
