"""Whether a third party is the body that did the main assessment before the decision (国令713 art. 36 para. 2)."""

import unicodedata
from collections.abc import Iterator


def assessed_before(decision) -> Iterator[tuple[str, str]]:
    """Every body that assessed or argued the draft, with what it did, in Chinese."""
    for assessment in decision.risk_assessments.all():
        yield assessment.assessor, f"第 {assessment.number} 次风险评估（{assessment.assessed_on:%Y-%m-%d}）"
    for argumentation in decision.argumentations.prefetch_related("opinions"):
        for opinion in argumentation.opinions.all():
            done = f"第 {argumentation.number} 次专家论证（{argumentation.held_on:%Y-%m-%d}，{opinion.name}）"
            yield opinion.employer, done


def _plain(name: str) -> str:
    """A name without blanks and marks, wide and narrow forms alike."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name) if sign.isalnum())


def conflict(decision, evaluator: str) -> str:
    """Why this body may not evaluate the decision, in Chinese; empty when nothing speaks against it.

    An expert's employer is written with a title behind it, so the body's name at its beginning is the same body.
    """
    name = _plain(evaluator)
    if not name:
        return ""
    done = [work for body, work in assessed_before(decision) if _plain(body).startswith(name)]
    if not done:
        return ""
    return (
        f"“{evaluator}”在决策作出前承担了{'、'.join(done)}，不得再承担本决策的后评估（国令713 第三十六条第二款），"
        "请另行委托。"
    )
