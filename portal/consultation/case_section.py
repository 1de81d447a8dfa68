"""Sessions, questionnaires and questions as parts of the case page, for every kind of file that hears the public."""

from django.db.models import Count, Q

from portal.accounts.authority import may
from portal.consultation.models import PublicQuestion, Questionnaire, Session
from portal.consultation.standing import newest_with_counts
from portal.web.inside.case_page import Section

SHOWN = 10


def participation(file, person) -> dict | None:
    """The newest sessions and questionnaires; ``None`` (no part at all) where there is none and none can be begun."""
    sessions = list(Session.objects.filter(file_id=file.pk).order_by("-number")[:SHOWN])
    questionnaires = list(Questionnaire.objects.filter(file_id=file.pk).order_by("-number")[:SHOWN])
    may_run = not file.is_closed and may(person, "consultation.run", file.organisation)
    if not (sessions or questionnaires or may_run):
        return None
    return {"sessions": sessions, "questionnaires": questionnaires, "may_run": may_run}


PARTICIPATION = Section("consultation/part_participation.html", participation, anchor="participation")


def consultation_section(after: str) -> Section:
    """The newest consultation. :param after: code of the step that opens it; before it the part is left out."""

    def consultation(file, person):
        latest = newest_with_counts(file) if after in file.steps_taken() else None
        if latest is None:
            return None
        return {"consultation": latest, "total": latest.total, "open": latest.left}

    return Section("consultation/part_consultation.html", consultation, anchor="consultation")


def questions(file, person) -> dict | None:
    """What the public asked; left out while nobody did."""
    states = PublicQuestion.State
    counts = file.public_questions.aggregate(
        total=Count("pk"), asked=Count("pk", filter=Q(state=states.ASKED)),
        answered=Count("pk", filter=Q(state=states.ANSWERED)),
    )  # fmt: skip
    return counts if counts["total"] else None


QUESTIONS = Section("consultation/part_questions.html", questions, anchor="questions")
