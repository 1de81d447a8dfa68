"""The number that a step gives its file: the next one of a series, or one that was kept back."""

from portal.casefiles.numbering import Series, allocate, take_reserved
from portal.moment import today
from portal.workflow.refusals import StepRefused


def give_number(file, series: Series, body, data: dict) -> tuple[int, int, str]:
    """Year, serial and printed number: the kept one that was chosen, else the next. Runs inside the step.

    :raises StepRefused: somebody else has used or voided the kept number meanwhile.
    """
    kept = data.get("reserved_number")
    if not kept:
        year = today().year
        serial = allocate(body, series.code, year)
        return year, serial, series.printed(body, year, serial)
    try:
        serial = take_reserved(kept, file)
    except ValueError as faster:
        raise StepRefused(str(faster)) from faster
    return kept.year, serial, series.printed(body, kept.year, serial)
