"""The newest review as a part of the case page, for every kind of file that is reviewed."""

from portal.legal_review.checklist import word_for
from portal.legal_review.reviewing import newest
from portal.web.inside.case_page import Section


def review_section(after: str) -> Section:
    """:param after: code of the step that sends the file to review; before it the part is left out."""

    def review(file, person):
        latest = newest(file) if after in file.steps_taken() else None
        if latest is None:
            return None
        return {"review": latest, "findings": list(latest.findings.all()), "word": word_for(file)}

    return Section("legal_review/part_review.html", review, anchor="review")
