"""Consultations as lists of the public site show them."""

from django.urls import reverse

from portal.consultation.models import PublicConsultation


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


def open_block(organisation) -> dict:
    """The panel of the front page and of a town's page."""
    return {"consultations": open_consultations(organisation=organisation), "url": reverse("consultation:public-list")}
