"""The publication register (公开登记): putting a file before the public, and taking it down with a reason."""

import hashlib
import json

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile, Disclosure
from portal.casefiles.numbering import allocate
from portal.moment import now, today
from portal.publishing.copying import automatic_copy
from portal.publishing.faces import face_of, may_review
from portal.publishing.models import Publication, ReviewedCopy
from portal.publishing.refusals import NothingPublic, PublishRefused
from portal.publishing.source import Source, source_of
from portal.publishing.standing import newest_copy
from portal.workflow.refusals import NotAuthorised

PUBLISHED = verbs.declare("publishing.published", "公开发布")
TAKEN_DOWN = verbs.declare("publishing.taken_down", "撤下公开信息")
SERIES = "publication"


@transaction.atomic
def publish(file, *, by) -> Publication:
    """Put the reviewed copy of a file before the public under a new, stable address.

    Called by the effect of a step; who may take the step is that step's question.

    :raises NothingPublic: no face. :raises PublishRefused: withheld, public already, or the copy is missing, stale
        not reviewed or still being made. :raises CopyRefused: no copy, and the rules found something to hide.
    """
    face = face_of(file.kind)
    if face is None:
        raise NothingPublic
    CaseFile.objects.select_for_update(no_key=True).only("pk").get(pk=file.pk)
    if file.disclosure != Disclosure.PROACTIVE:
        raise PublishRefused(f"公开属性为“{file.get_disclosure_display()}”，不能主动公开。")
    if publication_of(file) is not None:
        raise PublishRefused("这件事项已经公开；内容有误的，先撤下再重新公开。")
    source = source_of(file)
    copy = _usable_copy(file, source, by)
    validity = face.validity(file) if face.validity else None
    year = today().year
    fields = [
        [field.label, copy.parts[f"field:{index}"]]
        for index, field in enumerate(face.public_fields())
        if copy.parts[f"field:{index}"]
    ]
    publication = Publication(
        file_id=file.pk,
        copy=copy,
        year=year,
        serial=allocate(file.organisation.county(), SERIES, year),
        column=face.column,
        organisation=face.organisation(file),
        title=copy.parts["title"],
        number=copy.parts["number"],
        fields=fields,
        text=copy.parts["text"],
        has_validity=validity is not None,
        starts_on=validity.starts_on if validity else None,
        ends_on=validity.ends_on if validity else None,
        repealed_on=validity.repealed_on if validity else None,
        published_on=face.published_on(file) or today(),
        published_at=now(),
        published_by=by,
    )
    publication.digest = content_digest(publication)
    publication.save()
    record(
        PUBLISHED,
        by=by,
        file=file,
        summary=f"公开编号 {publication.public_number}",
        payload={"publication": publication.public_number, "copy": copy.pk, "digest": publication.digest},
    )
    return publication


@transaction.atomic
def take_down(publication: Publication, *, by, reason: str, hides_title: bool = False) -> Publication:
    """Withdraw what was published; its address keeps saying when and why (410).

    :param hides_title: the title itself must not be read any more.
    :raises NotAuthorised: without the authority to review. :raises PublishRefused: no reason, or down already.
    """
    held = (
        Publication.objects.select_for_update(of=("self",)).select_related("file__organisation").get(pk=publication.pk)
    )
    if not may_review(by, held.file):
        raise NotAuthorised("您没有撤下公开信息的权限。")
    if not reason.strip():
        raise PublishRefused("撤下公开信息应当填写理由，理由会向公众显示。")
    if not held.is_live:
        raise PublishRefused("这条公开信息已经撤下。")
    held.taken_down_at, held.taken_down_by = now(), by
    held.take_down_reason, held.hides_title = reason.strip()[:300], hides_title
    held.save(update_fields=["taken_down_at", "taken_down_by", "take_down_reason", "hides_title"])
    record(
        TAKEN_DOWN,
        by=by,
        file=held.file,
        summary=f"公开编号 {held.public_number}：{held.take_down_reason}",
        payload={"publication": held.public_number},
    )
    return held


def publication_of(file) -> Publication | None:
    """What the public sees of the file now."""
    return Publication.objects.live().filter(file_id=file.pk).first()


def content_digest(publication: Publication) -> str:
    """Digest of the text and facts as they went out, and of the renditions that lay beside them then."""
    papers = list(publication.copy.papers.values_list("name", "blob__digest"))
    content = [
        publication.title, publication.number, publication.fields, publication.text,
        publication.published_on.isoformat(), papers,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def keep_repeal(file, taken) -> None:
    """Follower of every step: a repeal shows on the public page from its day on."""
    if taken is not None:
        follow_validity(file)


def follow_validity(file) -> None:
    """Bring the day of repeal and the last day of the live publication after those of its file.

    For acts on a published file that are no step of its own: another document repeals or continues it.
    """
    face = face_of(file.kind)
    if face is None or face.validity is None or face.published_on(file) is None:
        return
    validity = face.validity(file)
    for publication in Publication.objects.live().filter(file_id=file.pk, has_validity=True):
        if (publication.repealed_on, publication.ends_on) != (validity.repealed_on, validity.ends_on):
            publication.repealed_on, publication.ends_on = validity.repealed_on, validity.ends_on
            publication.save(update_fields=["repealed_on", "ends_on"])


def _usable_copy(file, source: Source, by) -> ReviewedCopy:
    copy = newest_copy(file)
    if copy is None:
        return automatic_copy(file, by=by, source=source)
    if copy.source_digest != source.digest:
        raise PublishRefused("正文或者材料在审查之后有变动，须重新办理公开前审查。")
    if not copy.is_reviewed:
        raise PublishRefused("公开文本已标记，尚待另一人审查。")
    if not copy.is_made:
        raise PublishRefused("公开文本正在生成，完成后才能公开。")
    return copy
