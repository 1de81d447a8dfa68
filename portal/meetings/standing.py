"""Where a file stands with collective deliberation: what the gates of any procedure ask."""

from portal.casefiles.reading import asked_once
from portal.meetings.models import DeliberationItem
from portal.workflow.declare import Standing, in_progress, met, not_started


@asked_once
def newest_item(file) -> DeliberationItem | None:
    return file.deliberations.select_related("meeting").order_by("-meeting__held_on", "-id").first()


def passed(file) -> Standing:
    """The newest meeting's minutes are sealed and say 通过."""
    item = newest_item(file)
    if item is None:
        return not_started("尚未登记集体讨论")
    if not item.meeting.is_sealed:
        return in_progress(f"{item.meeting.title}：纪要尚未封存")
    if item.result != DeliberationItem.Result.PASSED:
        return in_progress(f"{item.meeting.title}：{item.get_result_display()}")
    return met(f"{item.meeting.title}，{item.meeting.held_on:%Y-%m-%d}，通过")


def decided(file, *results: str) -> Standing:
    """The newest sealed meeting decided one of ``results``."""
    item = newest_item(file)
    if item is None or not item.meeting.is_sealed:
        return not_started("没有已封存的会议纪要")
    if item.result not in results:
        return in_progress(f"{item.meeting.title}的结果是“{item.get_result_display()}”")
    return met(f"{item.meeting.title}：{item.get_result_display()}")
