"""Who let a file go before the public (保密审查; 政府信息公开条例 art. 17)."""

from collections.abc import Iterator

from portal.moment import SHANGHAI
from portal.publishing.models import ReviewedCopy
from portal.workflow.acts import Act, ActKind, tells


@tells
def let_out(file) -> Iterator[Act]:
    """Whoever reviewed the public copy."""
    copies = ReviewedCopy.objects.filter(file_id=file.pk, reviewed_at__isnull=False).order_by("pk")
    for copy in copies.select_related("reviewed_by__organisation").defer("parts"):
        yield Act(
            f"copy:{copy.pk}", ActKind.REVIEWED, copy.reviewed_at.astimezone(SHANGHAI).date(), "公开前的保密审查",
            person=copy.reviewed_by, view="同意公开", words=copy.note, record="公开文本审查记录",
            page="publishing:staff-review",
        )  # fmt: skip
