"""Pages by key: the last page costs what the first one costs, and none is larger than the cap."""

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination

LARGEST_KEY = 2**63 - 1


class NewestFirst(CursorPagination):
    """Newest rows first; ``cursor`` is opaque and comes from ``next`` or ``previous``."""

    ordering = "-id"
    page_size = 25
    page_size_query_param = "size"
    page_size_query_description = "每页条数，最多 100。"
    max_page_size = 100
    cursor_query_description = "翻页标记，取自上一页的 next 或者 previous。"
    invalid_cursor_message = "翻页标记无法识别。"

    def decode_cursor(self, request):
        """:raises ValidationError: a position that no page of ours ever gave."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        position = cursor.position
        if not (position.isascii() and position.isdigit() and len(position) < 20 and int(position) <= LARGEST_KEY):
            raise ValidationError({"cursor": [self.invalid_cursor_message]})
        return cursor


class InOrder(NewestFirst):
    """Rows in the order of their number in the table, oldest first."""

    ordering = "id"
