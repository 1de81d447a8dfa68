"""效力与沿革 on the case page of a normative document."""

from django.urls import reverse

from normative_docs.in_force import acts, history
from normative_docs.in_force.views.acting import ACTS, RELATE
from normative_docs.in_force.views.consolidating import CONFIRM
from normative_docs.models import Effect
from normative_docs.workflow import Stage
from portal.accounts.authority import may
from portal.web.inside import case_page


def part(document, person) -> dict | None:
    """What happened and what can be done; nothing for a draft that touches no other document and names none."""
    published = document.published_on is not None
    # A draft has no past: only what it is going to do is asked of the database.
    shown = history.inside_part(document, person) if published else {"planned": history.planned_by(document)}
    drafter = may(person, "normative_docs.draft", document.organisation)
    shown["may_prepare"] = drafter
    shown["may_confirm"] = may(person, CONFIRM, document.organisation)
    shown["published"] = published
    shown["acts"] = []
    if published and not acts.why_not(document) and may(person, RELATE, document.organisation):
        shown["acts"] = [
            {"label": act.title, "url": reverse("in_force:act", kwargs={"public_id": document.public_id, "act": code})}
            for code, act in ACTS.items()
        ]
    shown["continued_by"] = shown["continue_url"] = ""
    if published and drafter and document.effect_on() == Effect.IN_FORCE and document.valid_until:
        draft = document.continued_by.exclude(stage=Stage.TERMINATED).first()
        if draft is None:
            shown["continue_url"] = reverse("normative_docs:continuation", kwargs={"public_id": document.public_id})
        elif draft.published_on is None:
            shown["continued_by"] = draft
    shown["continues"] = None if published else document.continues
    shown["plan_url"] = ""
    if not published and not document.is_closed and drafter:
        shown["plan_url"] = reverse("in_force:plan", kwargs={"public_id": document.public_id})
    if not published and not (shown["planned"] or shown["plan_url"] or shown["continues"]):
        return None
    return shown


PART = case_page.add_section(
    "normative_docs", case_page.Section("normative_docs/in_force/part_history.html", part, anchor="in-force")
)
