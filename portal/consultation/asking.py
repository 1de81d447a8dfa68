"""A question about a matter on its way in (公众提问); who answers it, and who reviews the answer, has it as work.

Basis: 国令713 art. 14 (the public's part in forms that suit it), 政府信息公开条例 art. 29 (explanation and answers).
"""

from django.db import transaction
from django.db.models import Max

from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.matters import has_course
from portal.consultation.models import PublicQuestion, QuestionDraft
from portal.moment import now
from portal.notifications.messages import notify
from portal.receipts.handing_in import Counter
from portal.receipts.issue import issue_receipt
from portal.workflow.models import WorkItem
from portal.workflow.perform import follow

RECEIPT_KIND = "public_question"
ASKED = verbs.declare("question.received", "收到公众提问")
FIELDS = ("content", "name", "contact")
COUNTER = Counter(QuestionDraft, made="question", fields=FIELDS, kind=RECEIPT_KIND)

State = PublicQuestion.State
EXPLAIN, REVIEW = "consultation.explain", "consultation.review_answers"
# Whose turn it is, by the state of the question: authority and the words of the worklist.
TURNS = {State.ASKED: (EXPLAIN, "答复公众提问"), State.ANSWERED: (REVIEW, "审核对公众提问的答复")}


@transaction.atomic
def receive_question(file: CaseFile, *, content: str, name: str = "", contact: str = ""):
    """Take a question about a file: numbered, with a receipt; whoever answers is told.

    Whether anybody may ask about this file is for the page to know (``matters``).

    :returns: ``(question, receipt, code)``; the code is shown once and stored only as a hash.
    :raises ConsultationRefused: the file is closed.
    """
    file = CaseFile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file.pk)
    if file.is_closed:
        raise ConsultationRefused("这件事项已经办结，不再接收提问。")
    last = file.public_questions.aggregate(last=Max("number"))["last"] or 0
    question = PublicQuestion.objects.create(
        file=file, number=last + 1, asked_at=now(), content=content, name=name, contact=contact
    )
    receipt, code = issue_receipt(RECEIPT_KIND, question.public_id, file.organisation, file=file)
    record(ASKED, file=file, summary=str(question), payload={"question": str(question.public_id)})
    hand_over(file)
    notify(
        holders(EXPLAIN, file.organisation),
        f"公众提问：{file.title}"[:200],
        "有公众在事项进程页面提问，请答复。",
        file=file,
        key=f"question:{question.pk}",
    )
    return question, receipt, code


def hand_in(file: CaseFile, token: str) -> QuestionDraft | None:
    """Make the draft a question. :raises ConsultationRefused: the file was closed meanwhile."""

    def question(answers):
        asked, _, code = receive_question(file, **answers)
        return asked, code

    return COUNTER.hand_in(token, question, file_id=file.pk)


def hand_over(file, by=None) -> None:
    """Keep the work items in step with the questions: open while one waits for an answer or for a review.

    :param by: whose act it was that nothing waits any more.
    """
    waiting = set(
        PublicQuestion.objects.filter(file_id=file.pk, state__in=TURNS).values_list("state", flat=True).distinct()
    )
    moment = now()
    for state, (authority, words) in TURNS.items():
        items = WorkItem.objects.filter(file_id=file.pk, authority=authority)
        is_open = items.filter(closed_at__isnull=True).exists()
        if state in waiting and not is_open:
            WorkItem.objects.create(
                file_id=file.pk, organisation=file.organisation, authority=authority, stage_label=words,
                opened_at=moment,
            )  # fmt: skip
        elif state not in waiting and is_open:
            items.filter(closed_at__isnull=True).update(closed_at=moment, closed_by=by)


@follow
def keep_turns(file, taken) -> None:
    """A step of the file closes what was open before it; a question waits on, with whoever had taken it."""
    if taken is None or not has_course(file.kind):
        return
    waiting = PublicQuestion.objects.filter(file_id=file.pk, state__in=TURNS)
    for state in set(waiting.values_list("state", flat=True).distinct()):
        items = WorkItem.objects.filter(file_id=file.pk, authority=TURNS[state][0]).order_by("-id")
        last = items.first()
        if last is not None and last.closed_at is not None:
            WorkItem.objects.filter(pk=last.pk).update(closed_at=None, closed_by=None)
