"""The confirmation page's component, filled from a receipt."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from portal.receipts.models import Receipt


def confirmation(
    receipt: Receipt,
    code: str,
    *,
    request,
    number_label: str = "受理编号",
    facts: Iterable[tuple[str, str]] = (),
    due_on: date | None = None,
    due_text: str = "",
    why: str = "",
    nexts: Iterable[tuple[str, str]] = (),
) -> dict:
    """Return the `receipt` of `components/receipt.html`, for the one page that shows the code.

    The QR code leads to the query page with the number filled in; it does not hold the code, so a photograph of the
    square alone opens nothing.

    :param facts: what was handed in, as (name, value); the receiving body and the time come first by themselves.
    :param due_on: the day of the answer, with `due_text` and `why` (basis and reckoning).
    :param nexts: what happens next, as (heading, sentence).
    """
    query_url = f"{reverse('receipts:status')}?{urlencode({'number': receipt.number})}"
    handed_in_at = timezone.localtime(receipt.created_at)
    first = (
        ("受理机关", receipt.organisation.name),
        ("提交时间", f"{handed_in_at:%Y}年{handed_in_at.month}月{handed_in_at.day}日 {handed_in_at:%H:%M}"),
    )
    return {
        "number": receipt.number,
        "number_label": number_label,
        "code": code,
        "qr_url": request.build_absolute_uri(query_url),
        "facts": [{"key": key, "value": value} for key, value in (*first, *facts)],
        "due_on": due_on,
        "due_text": due_text,
        "why": why,
        "nexts": [{"title": title, "text": text} for title, text in nexts],
        "query_url": query_url,
    }
