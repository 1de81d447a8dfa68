"""The public is asked by the usual questionnaire of the kind, and its counted answers become a paper of the file."""

from datetime import date

from portal.consultation.models import Questionnaire
from portal.consultation.questionnaires import open_questionnaire
from portal.consultation.standing import newest_questionnaire
from portal.evaluations.desks import desk_of
from portal.evaluations.setting import ask_for_paper
from portal.evaluations.writing import EvaluationRefused
from portal.moment import today


def ask_the_public(evaluation, *, by, opens_on: date, closes_on: date) -> Questionnaire:
    """Open the usual questionnaire about it. :raises EvaluationRefused: not planned so, or one is open."""
    desk = desk_of(evaluation.kind)
    if not evaluation.is_under_study or not desk.asks_the_public(evaluation):
        raise EvaluationRefused("方案没有安排网上问卷，或者评估没有开始。")
    if newest_questionnaire(evaluation) is not None:
        raise EvaluationRefused("这次评估已经发布过问卷。")
    title, purpose = desk.invitation(evaluation)
    return open_questionnaire(
        evaluation, by=by, title=title[:200], purpose=purpose, questions=desk.questions(evaluation),
        opens_on=opens_on, closes_on=closes_on, contact_unit=evaluation.organisation.name,
        contact_phone=evaluation.organisation.contact,
    )  # fmt: skip


def put_results_on_file(evaluation, *, by):
    """Have the results of the questionnaire set as a paper of the file. :raises EvaluationRefused: still open."""
    questionnaire = newest_questionnaire(evaluation)
    if questionnaire is None or questionnaire.closes_on >= today():
        raise EvaluationRefused("问卷没有发布，或者还没有截止。")
    if evaluation.is_closed:
        raise EvaluationRefused("案卷已经办结，不能再收入材料。")
    return ask_for_paper(evaluation, desk_of(evaluation.kind).results.code, by)
