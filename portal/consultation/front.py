"""Consultations, sessions and questionnaires as lists of the public site show them."""

from django.urls import reverse

from portal.consultation.models import PublicConsultation, Questionnaire, Session
from portal.moment import now, today


def entry(consultation: PublicConsultation) -> dict:
    """What ``components/consultation.html`` shows; needs ``file__organisation``."""
    return {
        "title": consultation.title,
        "url": reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id}),
        "body": consultation.file.organisation.short_name,
        "from_on": consultation.opened_on,
        "until_on": consultation.closes_on,
        "days_left": consultation.days_left if consultation.is_open else None,
    }


def open_consultations(limit: int = 5, organisation=None) -> list[dict]:
    """Consultations that run today, the first to close on top: for the front page and a town's page.

    :param organisation: only those of this body and the units below it.
    """
    running = PublicConsultation.objects.running().select_related("file__organisation").order_by("closes_on", "id")
    if organisation is not None:
        running = running.filter(file__organisation__path__startswith=organisation.path)
    return [entry(consultation) for consultation in running[:limit]]


def open_sign_ups(limit: int = 3, organisation=None) -> list[dict]:
    """Sessions that may still be signed up for, the first to close on top."""
    sessions = (
        Session.objects.not_cancelled()
        .filter(sign_up_until__gte=today(), held_at__gt=now())
        .select_related("file__organisation")
        .order_by("sign_up_until", "id")
    )
    if organisation is not None:
        sessions = sessions.filter(file__organisation__path__startswith=organisation.path)
    return [
        {
            "title": f"{session.get_kind_display()}报名：{session.title}",
            "url": reverse("consultation:public-session", kwargs={"public_id": session.public_id}),
            "body": session.file.organisation.short_name,
            "from_on": session.announced_at,
            "until_on": session.sign_up_until,
            "days_left": session.days_left,
        }
        for session in sessions[:limit]
    ]


def questionnaire_entry(questionnaire: Questionnaire) -> dict:
    """What ``components/consultation.html`` shows; needs ``file__organisation``."""
    return {
        "title": questionnaire.title,
        "url": reverse("consultation:public-questionnaire", kwargs={"public_id": questionnaire.public_id}),
        "body": questionnaire.file.organisation.short_name,
        "from_on": questionnaire.opens_on,
        "until_on": questionnaire.closes_on,
        "days_left": questionnaire.days_left if questionnaire.is_open else None,
    }


def open_questionnaires(limit: int = 3, organisation=None) -> list[dict]:
    """Questionnaires that run today, the first to close on top."""
    running = Questionnaire.objects.running().select_related("file__organisation").order_by("closes_on", "id")
    if organisation is not None:
        running = running.filter(file__organisation__path__startswith=organisation.path)
    return [questionnaire_entry(questionnaire) for questionnaire in running[:limit]]


def open_block(organisation) -> dict:
    """The panel of the front page and of a town's page: what the public can take part in today."""
    return {
        "consultations": [
            *open_consultations(organisation=organisation),
            *open_sign_ups(organisation=organisation),
            *open_questionnaires(organisation=organisation),
        ],
        "url": reverse("consultation:public-list"),
    }
