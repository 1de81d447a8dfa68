"""Where a file stands with its public text: what the gates of any procedure ask."""

from portal.jobs.models import Job
from portal.publishing.making import newest_job
from portal.publishing.models import ReviewedCopy
from portal.publishing.source import source_of
from portal.workflow.declare import Standing, in_progress, met, not_started


def newest_copy(file) -> ReviewedCopy | None:
    """The last public text that was prepared for the file, reviewed or not."""
    return ReviewedCopy.objects.filter(file_id=file.pk).select_related("prepared_by", "reviewed_by").first()


def making_failed(copy: ReviewedCopy) -> bool:
    """Whether the work on the renditions of a reviewed copy came to nothing and waits to be repeated."""
    last = newest_job(copy)
    return last is not None and last.state == Job.State.FAILED


def copy_reviewed(file) -> Standing:
    """A reviewed public text exists with all that goes out beside it, and nothing changed since."""
    copy = newest_copy(file)
    if copy is None:
        return not_started("公开文本尚未准备和审查")
    if copy.source_digest != source_of(file).digest:
        return in_progress("正文或者材料在标记之后有变动，须重新准备和审查")
    if not copy.is_reviewed:
        return in_progress(f"{copy.prepared_by.full_name}已标记，待另一人审查")
    if not copy.is_made:
        return in_progress("公开文本生成失败，可以重试" if making_failed(copy) else "公开文本正在生成")
    return met(f"{copy.reviewed_at:%Y-%m-%d} {copy.reviewed_by.full_name}审查")
