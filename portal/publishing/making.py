"""Making what goes out: the renditions of a reviewed copy, set by the worker from what was reviewed and frozen.

The masked texts and the list of papers are settled by the review and cannot change after it (database guards);
the worker reads nothing else of the file, so what was reviewed is what goes out.
"""

from django.db import transaction
from django.urls import reverse

from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.documents import digests
from portal.jobs.models import Job
from portal.jobs.queue import ask, job, retry
from portal.publishing import renditions
from portal.publishing.models import ReviewedCopy, ReviewedPaper

KIND = "publishing.renditions"
MADE = verbs.declare("publishing.made", "生成公开文本")
TRIED_AGAIN = verbs.declare("publishing.made_again", "重新生成公开文本")


def key_of(copy: ReviewedCopy) -> str:
    return f"copy:{copy.pk}"


def newest_job(copy: ReviewedCopy) -> Job | None:
    """The work on the renditions of this copy; ``None`` when it has no papers."""
    return Job.objects.filter(kind=KIND, key=key_of(copy)).order_by("-id").first()


def ask_for_renditions(copy: ReviewedCopy, *, by) -> Job | None:
    """Have the renditions of a copy made; a copy without papers needs no work.

    Called in the transaction of the review.
    """
    if not copy.papers.exists():
        return None
    return ask(KIND, f"公开文本：{copy.parts['title'][:150]}", by=by, key=key_of(copy), copy=copy.pk)


@transaction.atomic
def try_again(copy: ReviewedCopy, *, by) -> None:
    """Repeat work that failed; nothing happens while it runs or when it is done."""
    failed = newest_job(copy)
    if failed is not None and failed.state == Job.State.FAILED:
        retry(failed)
        record(TRIED_AGAIN, by=by, file=copy.file, payload={"copy": copy.pk})


@job(KIND)
def make_renditions(running: Job, report, copy: int) -> str:
    """Make and store each rendition that is still missing. Interrupted and run again, it goes on where it was.

    :raises CopyRefused: a paper cannot be given out, with what to do instead.
    """
    reviewed = ReviewedCopy.objects.select_related("file").get(pk=copy)
    missing = list(reviewed.papers.filter(blob=None).select_related("version__document", "version__blob"))
    with acting(running.asked_by):
        for index, paper in enumerate(missing):
            report(5 + 90 * index // len(missing), f"正在生成“{paper.label}”（{index + 1}/{len(missing)}）")
            _keep(reviewed, paper, renditions.content_of(paper, reviewed.parts), running.asked_by)
    return reverse("publishing:staff-review", kwargs={"public_id": reviewed.file.public_id})


@transaction.atomic
def _keep(copy: ReviewedCopy, paper: ReviewedPaper, content: bytes, by) -> None:
    """Store one rendition; with the last one the copy is complete, and the audit keeps the digest of the whole."""
    ReviewedCopy.objects.select_for_update(of=("self",)).only("pk").get(pk=copy.pk)
    blob = renditions.keep(content, renditions.kind_of(paper).content_type)
    if copy.papers.filter(pk=paper.pk, blob=None).update(blob=blob) and copy.is_made:
        record(
            MADE,
            by=by,
            file=copy.file,
            summary=f"附件 {copy.papers.count()} 件",
            payload={"copy": copy.pk, "digest": copy_digest(copy)},
        )


def copy_digest(copy: ReviewedCopy) -> str:
    """Digest of what goes out: masked texts and the renditions made so far."""
    running = digests.new()
    for code in sorted(copy.parts):
        running.update(f"{code}\n{copy.parts[code]}\n".encode())
    for digest in copy.papers.exclude(blob=None).values_list("blob__digest", flat=True):
        running.update(digest.encode())
    return running.hexdigest()
