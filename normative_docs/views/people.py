"""For whom a person drafts."""

from django.core.exceptions import PermissionDenied


def town_of(person):
    """The town for which this person drafts; people of the county draft nothing here."""
    town = person.organisation.town()
    if town is None:
        raise PermissionDenied("只有乡镇（街道）的人员可以在这里新建规范性文件。")
    return town
