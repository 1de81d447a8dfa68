"""What the steps of a bulletin do besides moving."""

from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.jobs.queue import ask
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.organisations.models import Organisation
from portal.publishing.register import publish

PAPER_JOB = "bulletins.paper"


def ask_for_paper(bulletin, by):
    """Have the worker set PDF and DOCX; asked again while it runs, it gives the same job."""
    label, key = f"生成通报文本：{bulletin.title}"[:200], f"bulletin:{bulletin.pk}"
    return ask(PAPER_JOB, label, by=by, key=key, file_id=bulletin.pk)


def freeze(bulletin, by, data):
    """Figures and text stand from now on; the number is given once, also when it is approved a second time."""
    if not bulletin.document_number:
        body, year = bulletin.issuing_body, today().year
        mark = f"{body.document_mark or body.short_name}备通"
        bulletin.document_number = document_number(mark, year, allocate(body, "filing_bulletin", year))
    bulletin.frozen_at, bulletin.approved_on, bulletin.approved_by = now(), today(), by
    bulletin.save(update_fields=["document_number", "frozen_at", "approved_on", "approved_by"])
    ask_for_paper(bulletin, by)


def thaw(bulletin, by, data):
    """Back in the writers' hands: the approved paper no longer counts, the number is kept."""
    bulletin.frozen_at = bulletin.approved_on = bulletin.approved_by = bulletin.final_pdf = None
    bulletin.save(update_fields=["frozen_at", "approved_on", "approved_by", "final_pdf"])


def make_public(bulletin, by, data):
    """Before the public, and every town is told."""
    bulletin.published_on = today()
    bulletin.save(update_fields=["published_on"])
    publication = publish(bulletin, by=by)
    told = {}
    for town in Organisation.objects.towns().filter(path__startswith=bulletin.organisation.path):
        told |= {person.pk: person for person in (*holders("oversight.file", town), *holders("casefiles.lead", town))}
    notify(
        list(told.values()), bulletin.title, f"{bulletin.document_number}，已公开。",
        link=f"/docs/{publication.year}/{publication.serial}/",
    )  # fmt: skip
