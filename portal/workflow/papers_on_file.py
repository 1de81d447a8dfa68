"""Gates over papers: which of the needed ones lie in the file."""

from portal.documents.papers import missing_papers
from portal.workflow.declare import Standing, in_progress, met, not_started


def papers_on_file(file, slots) -> Standing:
    """How many of the needed papers of these slots are in the file, and which are not."""
    needed = [slot for slot in slots if slot.needed and slot.applies(file)]
    missing = missing_papers(file, needed)
    if not missing:
        return met(f"{len(needed)} 件材料齐备")
    names = "、".join(slot.label for slot in missing)
    if len(missing) == len(needed):
        return not_started(f"缺：{names}")
    return in_progress(f"还缺 {len(missing)} 件：{names}")
