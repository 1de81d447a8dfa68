"""What the county can say to a request."""

from django.db.models import TextChoices


class Conclusion(TextChoices):
    AGREED = "agreed", "同意"
    CHANGES = "changes", "修改后再报"
    REFUSED = "refused", "不同意"
