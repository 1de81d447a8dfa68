"""The newest deliberation as a part of the case page, for every kind of file that is deliberated."""

from portal.meetings.standing import newest_item
from portal.web.inside.case_page import Section


def deliberation_section(after: str, stage: str) -> Section:
    """:param after: code of the step that puts the file before the meeting. :param stage: stage in which it waits."""

    def deliberation(file, person):
        item = newest_item(file) if after in file.steps_taken() else None
        if item is None and file.stage != stage:
            return None
        return {"item": item}

    return Section("meetings/part_deliberation.html", deliberation, anchor="deliberation")
