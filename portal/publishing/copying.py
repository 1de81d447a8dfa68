"""Preparing and reviewing the public text of a file: one person marks, another checks and confirms the copy."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.documents.names import safe_name
from portal.moment import now
from portal.publishing import redaction, renditions
from portal.publishing.faces import may_prepare, may_review
from portal.publishing.making import ask_for_renditions, copy_digest
from portal.publishing.models import RedactionMark, ReviewedCopy, ReviewedPaper
from portal.publishing.refusals import CopyRefused, FourEyes, SourceChanged
from portal.publishing.source import Source, source_of
from portal.publishing.standing import newest_copy
from portal.workflow.refusals import NotAuthorised
from portal.workflow.registry import staged

PREPARED = verbs.declare("publishing.prepared", "准备公开文本")
REVIEWED = verbs.declare("publishing.reviewed", "公开前审查")


@dataclass(frozen=True)
class Question:
    """One question of the review before publication, with its article."""

    code: str
    label: str
    basis: str


CHECKLIST = (
    Question("state_secret", "不含国家秘密", "政府信息公开条例 第十四条；保守国家秘密法 第三十五条"),
    Question("safety", "公开后不危及国家安全、公共安全、经济安全和社会稳定", "政府信息公开条例 第十四条"),
    Question("trade_secret", "不含商业秘密，或者权利人同意公开", "政府信息公开条例 第十五条"),
    Question("privacy", "个人隐私和个人信息已按标记隐去", "政府信息公开条例 第十五条；个人信息保护法 第二十五条"),
    Question("work_secret", "不含工作秘密、内部事务信息和不宜公开的过程性信息", "政府信息公开条例 第十六条"),
)


@dataclass(frozen=True)
class Added:
    """Words that a person wants hidden wherever they stand in one part, or in all (``part`` empty)."""

    words: str
    replacement: str
    part: str = ""
    kind: str = "other"
    why: str = "人工添加"


@transaction.atomic
def prepare_copy(
    file, *, by, dropped: Iterable[tuple[str, int, int]] = (), added: Iterable[Added] = (), expects: str = ""
) -> ReviewedCopy:
    """Keep the marks on the public text of a file and hand it to the reviewer.

    :param dropped: (part, start, end) of proposed marks that are not to be hidden.
    :param added: words to be hidden beyond what the rules found.
    :param expects: digest of the source that the person saw.
    :raises NotAuthorised: without the authority to prepare. :raises SourceChanged: the text moved meanwhile.
    :raises CopyRefused: words to be hidden stand nowhere.
    """
    _require(may_prepare(by, file))
    _lock(file)
    source = source_of(file)
    if expects and expects != source.digest:
        raise SourceChanged
    copy = ReviewedCopy.objects.create(
        file_id=file.pk,
        source_digest=source.digest,
        rules_version=redaction.RULES_VERSION,
        prepared_by=by,
        prepared_at=now(),
    )
    left_out = set(dropped)
    proposals = source.proposals()
    for part, mark in proposals:
        _keep_mark(copy, part, mark, RedactionMark.Origin.RULE, (part, mark.start, mark.end) not in left_out)
    _add_marks(copy, source, added)
    record(
        PREPARED,
        by=by,
        file=file,
        summary=f"规则提示 {len(proposals)} 处，共标记 {copy.marks.filter(accepted=True).count()} 处",
        payload={"copy": copy.pk, "source": source.digest, "rules": redaction.RULES_VERSION},
    )
    return copy


@transaction.atomic
def review_copy(
    copy: ReviewedCopy,
    *,
    by,
    checklist: Iterable[str],
    accepted: Iterable[int] | None = None,
    added: Iterable[Added] = (),
    papers: Iterable[str] | None = None,
    note: str = "",
) -> ReviewedCopy:
    """Decide on the marks, confirm the review (保密审查) and freeze the masked copy; a job makes its renditions.

    The copy counts as reviewed when these are stored (:attr:`ReviewedCopy.is_made`).

    :param checklist: codes of the confirmed questions; all of :data:`CHECKLIST` are needed.
    :param accepted: ids of the marks to be hidden; as prepared when ``None``.
    :param papers: codes of the papers to go out; those whose text could be checked when ``None``.
    :raises NotAuthorised: without the authority to review. :raises FourEyes: the reviewer prepared it.
    :raises SourceChanged: the source moved since it was prepared. :raises CopyRefused: anything else in the way.
    """
    copy = ReviewedCopy.objects.select_for_update(of=("self",)).select_related("prepared_by").get(pk=copy.pk)
    file = staged(copy.file)
    _require(may_review(by, file))
    if copy.is_reviewed:
        raise CopyRefused("这份公开文本已经审查过。")
    if copy.prepared_by_id == by.pk:
        raise FourEyes
    open_questions = [question.label for question in CHECKLIST if question.code not in set(checklist)]
    if open_questions:
        raise CopyRefused("还没有确认：" + "；".join(open_questions))
    _lock(file)
    source = source_of(file)
    if source.digest != copy.source_digest or newest_copy(file).pk != copy.pk:
        raise SourceChanged
    if accepted is not None:
        chosen = set(accepted)
        copy.marks.filter(pk__in=chosen).update(accepted=True)
        copy.marks.exclude(pk__in=chosen).update(accepted=False)
    _add_marks(copy, source, added)
    _save_masked(copy, source, papers)
    _close(copy, by, [question.code for question in CHECKLIST], note)
    record(
        REVIEWED,
        by=by,
        file=file,
        summary=f"隐去 {copy.marks.filter(accepted=True).count()} 处，附件 {copy.papers.count()} 件",
        payload={"copy": copy.pk, "source": source.digest, "checklist": copy.checklist, "digest": copy_digest(copy)},
    )
    ask_for_renditions(copy, by=by)
    return copy


def automatic_copy(file, *, by, source: Source) -> ReviewedCopy:
    """The copy of an existing document in which the rules find nothing; whoever registers it answers for it.

    Papers whose text cannot be checked stay inside; the others follow the text when a job has made them.

    :raises CopyRefused: the rules found something, so that people must look.
    """
    found = source.proposals()
    if found:
        raise CopyRefused(f"文本中有 {len(found)} 处疑似个人信息，须先办理公开前审查。")
    copy = ReviewedCopy.objects.create(
        file_id=file.pk,
        source_digest=source.digest,
        rules_version=redaction.RULES_VERSION,
        is_automatic=True,
    )
    _save_masked(copy, source, None)
    _close(copy, by, ["automatic"], "规则未发现需要隐去的内容，由登记人确认公开")
    record(REVIEWED, by=by, file=file, summary=copy.note, payload={"copy": copy.pk, "digest": copy_digest(copy)})
    ask_for_renditions(copy, by=by)
    return copy


def _require(authority: bool) -> None:
    if not authority:
        raise NotAuthorised("您没有准备或者审查公开文本的权限。")


def _lock(file) -> None:
    CaseFile.objects.select_for_update(no_key=True).only("pk").get(pk=file.pk)


def _keep_mark(copy, part: str, mark: redaction.Mark, origin: str, accepted: bool = True) -> None:
    RedactionMark.objects.create(
        copy=copy, part=part, start=mark.start, end=mark.end, kind=mark.kind, replacement=mark.replacement[:60],
        why=mark.why[:120], origin=origin, accepted=accepted,
    )  # fmt: skip


def _add_marks(copy: ReviewedCopy, source: Source, added: Iterable[Added]) -> None:
    for wish in added:
        places = [
            (part.code, mark)
            for part in source.parts
            if wish.part in ("", part.code)
            for mark in redaction.occurrences(part.text, wish.words, wish.replacement, wish.kind, wish.why)
        ]
        if not places:
            raise CopyRefused("要隐去的文字在正文和材料中没有找到，请核对后重新填写。")
        for part, mark in places:
            _keep_mark(copy, part, mark, RedactionMark.Origin.PERSON)


def _save_masked(copy: ReviewedCopy, source: Source, papers: Iterable[str] | None) -> None:
    """Settle the masked texts, and which papers go out under which names; their bytes are made later."""
    marks: dict[str, list[redaction.Mark]] = {}
    for mark in copy.marks.filter(accepted=True):
        marks.setdefault(mark.part, []).append(mark.as_mark())
    masked = {
        part.code: redaction.apply(part.text, redaction.merged(marks.get(part.code, []))) for part in source.parts
    }
    wanted = {paper.code for paper in source.papers if paper.can_be_read} if papers is None else set(papers)
    going = [paper for paper in source.papers if paper.code in wanted]
    for number, paper in enumerate(going, start=1):
        if not paper.can_be_read and paper.version.kind.has_text and paper.version.has_text_layer is None:
            raise CopyRefused(f"“{paper.label}”的文字还在提取，请稍后再审查。")
        label = masked[paper.label_code]
        name, is_set_anew = renditions.form_of(
            paper.version, label=label, name=safe_name(masked[paper.name_code]), has_marks=paper.code in marks
        )
        ReviewedPaper.objects.create(
            copy=copy, number=number, version=paper.version, label=label, name=name, is_set_anew=is_set_anew
        )
    left_in = [paper for paper in source.papers if paper.code not in wanted]
    hidden = {code for paper in left_in for code in (paper.code, paper.name_code, paper.label_code)}
    copy.parts = {code: text for code, text in masked.items() if code not in hidden}


def _close(copy: ReviewedCopy, by, checklist: list[str], note: str) -> None:
    copy.reviewed_by, copy.reviewed_at, copy.checklist, copy.note = by, now(), checklist, note[:300]
    copy.save(update_fields=["parts", "reviewed_by", "reviewed_at", "checklist", "note"])
