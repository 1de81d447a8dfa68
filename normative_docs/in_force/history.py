"""What happened to a document, as lines of a page: for people at work, and for everyone."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from normative_docs.in_force.models import CHANGING, ENDING, Relation, RelationKind, TextVersion
from normative_docs.in_force.versions import confirmed, unconsolidated
from portal.casefiles.models import CaseFile
from portal.casefiles.titles import quoted
from portal.moment import today
from portal.oversight.notices import public_notice as revocation_notice
from portal.publishing import redaction
from portal.publishing.effect import Effect
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

ONE_DAY = timedelta(days=1)
NOT_PUBLIC = "未在本站公开的文件"


def relations_of(file_id: int) -> tuple[list[Relation], list[Relation]]:
    """What was done to the document, and what it did to others, oldest first."""
    rows = list(
        Relation.objects.filter(Q(target_id=file_id) | Q(source_id=file_id)).select_related(
            "source", "target", "made_by", "consolidated"
        )
    )
    return [one for one in rows if one.target_id == file_id], [one for one in rows if one.source_id == file_id]


def ended_by(relations, repealed_on) -> Relation | None:
    """The act that ended a document on that day."""
    ends = [
        one for one in relations if one.on == repealed_on and (one.how in ENDING or one.how is RelationKind.CONTINUES)
    ]
    return ends[-1] if ends else None


def word_for(relation: Relation) -> str:
    """The word before the title of a document that the act ended."""
    return "已被替代" if relation.how is RelationKind.CONTINUES else relation.how.passive


def marks(publications, day: date) -> dict[int, str]:
    """已被修改, 已撤销 …: the word before each title on that day, by file id, in one query."""
    rows = {one.file_id: one for one in publications if one.has_validity}
    found: dict[int, str] = {}
    acts: dict[int, list[Relation]] = {}
    for relation in Relation.objects.filter(target_id__in=rows, on__lte=day).order_by("on", "id"):
        acts.setdefault(relation.target_id, []).append(relation)
    for file_id, relations in acts.items():
        effect = rows[file_id].effect_on(day)
        if effect is Effect.REPEALED:
            ending = ended_by(relations, rows[file_id].repealed_on)
            if ending is not None:
                found[file_id] = word_for(ending)
        elif effect is not Effect.LAPSED:
            changes = [one for one in relations if one.how in CHANGING]
            if changes:
                found[file_id] = changes[-1].how.passive
    return found


def _masked(text: str) -> str:
    return redaction.apply(text, redaction.merged(redaction.propose(text)))


def public_relations(file_id: int) -> list[dict]:
    """Both directions as everyone reads them: masked titles, and links to what is public only."""
    inward, outward = relations_of(file_id)
    others = {one.source_id for one in inward if one.source_id} | {one.target_id for one in outward}
    live = {
        one.file_id: one
        for one in Publication.objects.live()
        .filter(file_id__in=others)
        .only("file_id", "title", "number", "year", "serial")
    }
    lines = []
    for one in inward:
        line = {**_line(one), **_other(one, live.get(one.source_id)), "inward": True, "word": f"被{one.how.label}"}
        notice = revocation_notice(file_id) if one.how is RelationKind.REVOKES else None
        if notice is not None:
            # The link came to the page with the notice, later than the relation itself.
            line["url"], line["made_at"] = notice[0], max(line["made_at"], notice[1])
        lines.append(line)
    for one in outward:
        publication = live.get(one.target_id)
        lines.append(
            {**_line(one), "name": _name(publication), "url": _url(publication), "inward": False, "word": one.how.label}
        )
    return sorted(lines, key=lambda line: line["on"])


def _line(relation: Relation) -> dict:
    return {
        "on": relation.on,
        "part": _masked(relation.part),
        "valid_until": relation.valid_until,
        "made_at": relation.made_at,
        "kind": relation.kind,
        "is_reissue": relation.is_reissue,
    }


def _other(relation: Relation, publication) -> dict:
    if relation.source_id:
        return {"name": _name(publication), "url": _url(publication)}
    return {
        "name": _masked(relation.name_of_source if relation.source_title or relation.source_number else relation.basis),
        "url": "",
    }


def _name(publication) -> str:
    if publication is None:
        return NOT_PUBLIC
    return quoted(publication.title) + (f"（{publication.number}）" if publication.number else "")


def _url(publication) -> str:
    return document_url(publication) if publication is not None else ""


def version_lines(publication) -> list[dict]:
    """The public versions with their days, newest first."""
    place = {"year": publication.year, "serial": publication.serial}
    lines = []
    rows = list(
        confirmed(publication.file).only("number", "source", "effective_from", "effective_until", "confirmed_at")
    )
    for version in rows:
        first = version.effective_from or publication.starts_on or publication.published_on
        until = version.effective_until or last_day(publication)
        lines.append(
            {
                "number": version.number,
                "label": version.get_source_display(),
                "from": version.effective_from,
                "until": until,
                "never_began": bool(version.effective_from and until and until < version.effective_from),
                "url": reverse("in_force:text-on", kwargs={**place, "day": first}),
                "changes_url": reverse(
                    "in_force:changes", kwargs={**place, "before": version.number - 1, "after": version.number}
                )
                if version.number > 1
                else "",
                "made_at": version.confirmed_at,
            }
        )
    return lines[::-1]


def last_day(publication) -> date | None:
    """The last day in force, by its own date or by the act that ended it, whichever is earlier."""
    days = [publication.ends_on] if publication.ends_on else []
    if publication.repealed_on:
        days.append(publication.repealed_on - ONE_DAY)
    return min(days) if days else None


def public_part(publication) -> dict:
    """效力与沿革 on the public page."""
    relations, versions = public_relations(publication.file_id), version_lines(publication)
    moments = [line["made_at"] for line in (*relations, *versions)]
    return {
        "relations": relations,
        "versions": versions,
        "choose_url": reverse("in_force:choose-text", args=[publication.year, publication.serial]),
        "today": today(),
        "changed_at": max(moments) if moments else None,
    }


def public_notice(publication) -> dict | None:
    """Above the published text: it is no longer the text in force, and where that is to be read."""
    day = today()
    if publication.effect is None:
        return None
    if publication.effect.is_dead:
        return _ended_notice(publication, day)
    waiting = list(unconsolidated(publication.file, day).select_related("source"))
    newest = confirmed(publication.file).filter(effective_from__lte=day).only("number", "effective_from").last()
    is_amended = newest is not None and newest.number > 1
    if not waiting and not is_amended:
        return None
    return {
        "newest": newest if is_amended else None,
        "url": reverse("in_force:text-on", args=[publication.year, publication.serial, day]) if is_amended else "",
        "waiting": len(waiting),
    }


def _ended_notice(publication, day: date) -> dict | None:
    """Above a text that is no longer in force: what took its place, or the notice of its revocation."""
    inward = Relation.objects.filter(target_id=publication.file_id, on__lte=day).select_related("source")
    ending = ended_by(list(inward), publication.repealed_on) or inward.filter(kind=RelationKind.CONTINUES).last()
    if ending is None:
        return None
    if ending.how is RelationKind.REVOKES:
        notice = revocation_notice(publication.file_id)
        url, link = (notice[0], "查看撤销通报") if notice else ("", "")
    else:
        url, link = "", ""
        if ending.source_id:
            successor = Publication.objects.live().filter(file_id=ending.source_id).first()
            url, link = _url(successor), _name(successor)
    heading = f"本文件{word_for(ending)}"
    return {"ended": {"heading": heading, "on": ending.on, "url": url, "link": link}}


def inside_part(document, person) -> dict:
    """效力与沿革 on the case page. Files that the person may not see are named and not linked."""
    inward, outward = relations_of(document.pk)
    others = {one.source_id for one in inward if one.source_id} | {one.target_id for one in outward}
    seen = (
        set(CaseFile.objects.visible_to(person).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    )
    return {
        "inward": [(one, one.source_id in seen) for one in inward],
        "outward": [(one, one.target_id in seen) for one in outward],
        "versions": list(
            TextVersion.objects.filter(document_id=document.pk).defer("text", "public_text").order_by("-number")
        ),
        "events": _events(document, inward),
        # Whoever published the amendment is led on to the text that it changes.
        "texts_to_write": [
            one
            for one in outward
            if one.target_id in seen and one.how.changes_text and not hasattr(one, "consolidated")
        ],
        "to_consolidate": [one for one in inward if one.how.changes_text and not _is_consolidated(one)],
    }


def planned_by(document) -> list:
    """What the draft is going to end or change."""
    return list(document.planned_relations.select_related("target"))


def _is_consolidated(relation: Relation) -> bool:
    return hasattr(relation, "consolidated") and relation.consolidated.is_confirmed


def _event_word(relation: Relation) -> str:
    word = word_for(relation) if relation.is_reissue else relation.how.passive
    return word + (f"（{relation.part}）" if relation.part else "")


def _events(document, inward) -> list[dict]:
    """The days on which the validity began, changed or ended, oldest first."""
    day = today()
    ended = document.repealed_on
    began = document.effective_on if not (ended and document.effective_on and ended <= document.effective_on) else None
    events = [
        {"on": on, "word": word}
        for on, word in ((document.published_on, "公布"), (began, "施行"), (document.recorded_on, "存量登记"))
        if on
    ]  # fmt: skip
    events += [{"on": one.on, "word": _event_word(one)} for one in inward]
    if document.valid_until and not (document.repealed_on and document.repealed_on <= document.valid_until):
        events.append({"on": document.valid_until + ONE_DAY, "word": "有效期届满，失效"})
    for event in events:
        event["ahead"] = event["on"] > day
    return sorted(events, key=lambda event: event["on"])
