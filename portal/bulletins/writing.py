"""Starting a bulletin, bringing its figures up to date, and writing its parts."""

import hashlib
from datetime import date

from django.db import transaction

from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.bulletins.composing import PARTS, sentences, unit_codes, whole_codes
from portal.bulletins.models import Bulletin, BulletinFigure, BulletinSection
from portal.bulletins.periods import Due, Span, next_due
from portal.casefiles.models import Disclosure
from portal.indicators.registry import indicators
from portal.indicators.snapshots import snapshots, still_holds
from portal.moment import now, today
from portal.notifications.messages import notify_new
from portal.organisations.models import Organisation, OrganisationLevel
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

REFRESHED = verbs.declare("bulletin.refreshed", "更新通报数据")
WRITTEN = verbs.declare("bulletin.written", "修改通报文字")


class BulletinRefused(StepRefused):
    """The bulletin can't be started or changed now; the message says why, in Chinese."""


def title_of(county, span: Span) -> str:
    return f"{county.name.removesuffix('人民政府')}{span.label}规范性文件备案审查情况通报"


def bulletin_of(county, span: Span) -> Bulletin | None:
    """The newest bulletin of a county on a period; one that was taken down may be followed by another."""
    of_period = Bulletin.objects.filter(organisation=county, first_day=span.first, last_day=span.last)
    return of_period.order_by("-pk").first()


@transaction.atomic
def start_bulletin(*, by, county, span: Span) -> Bulletin:
    """Open the bulletin on a period that has ended, with every figure and the sentences made of them.

    :raises BulletinRefused: the period has not ended, or there is one already. :raises NotAuthorised: no such power.
    """
    if span.last >= today():
        raise BulletinRefused("这一期间还没有结束。")
    held = Organisation.objects.select_for_update(no_key=True).get(pk=county.pk)
    if bulletin_of(held, span) is not None:
        raise BulletinRefused(f"{span.label}的通报已经立卷。")
    bulletin = open_file(
        Bulletin, by=by, organisation=held, authority="oversight.report", title=title_of(held, span),
        disclosure=Disclosure.PROACTIVE, addressed_to_county_at=now(), rhythm=span.rhythm,
        first_day=span.first, last_day=span.last,
    )  # fmt: skip
    BulletinSection.objects.bulk_create(
        BulletinSection(bulletin=bulletin, code=part.code, position=position, title=part.title, text=part.start)
        for position, part in enumerate(PARTS)
    )
    _bring_up_to_date(bulletin)
    return bulletin


def _writable(bulletin) -> Bulletin:
    held = Bulletin.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=bulletin.pk)
    if not held.is_writable:
        raise BulletinRefused("通报已送审签或者已经审签，不能修改；需要修改的，先退回。")
    return held


@transaction.atomic
def refresh(bulletin, *, by) -> int:
    """Take the figures from the records as they are now, and put them into the text; how many changed.

    :raises BulletinRefused: it is no longer being composed.
    """
    held = _writable(bulletin)
    changed = _bring_up_to_date(held)
    record(REFRESHED, by=by, file=held, summary=f"{changed} 项数据有变化" if changed else "没有变化")
    return changed


def _units(bulletin) -> list[Organisation]:
    county = bulletin.organisation
    return list(
        Organisation.objects.towns()
        .filter(path__startswith=county.path, level=OrganisationLevel.TOWNSHIP)
        .exclude(valid_until__lt=bulletin.first_day)
        .order_by("path")
    )


def _bring_up_to_date(bulletin) -> int:
    kept = {(figure.unit_id, figure.code): figure for figure in bulletin.figures.select_related("value")}
    wanted = [(unit, code) for unit in _units(bulletin) for code in unit_codes()]
    wanted += [(bulletin.organisation, code) for code in whole_codes()]
    stale = []
    for unit, code in wanted:
        if code not in indicators:
            continue
        figure = indicators[code].compute(bulletin.scope(unit))
        known = kept.pop((unit.pk, code), None)
        if known is None or not still_holds(known.value, figure):
            stale.append((code, bulletin.scope(unit), figure))
    BulletinFigure.objects.bulk_create(
        [
            BulletinFigure(bulletin=bulletin, unit=value.organisation, code=value.code, value=value)
            for value in snapshots(stale)
        ],
        update_conflicts=True,
        unique_fields=["bulletin", "unit", "code"],
        update_fields=["value"],
    )
    for left in kept.values():
        left.delete()
    whole = {code: value for (unit, code), value in bulletin.kept().items() if unit == bulletin.organisation_id}
    parts = {part.code: part for part in PARTS}
    for section in bulletin.sections.all():
        _rewrite(section, sentences(parts[section.code], bulletin.span.label, whole) if section.code in parts else "")
    return len(stale) + len(kept)


def _rewrite(section: BulletinSection, words: str) -> None:
    """New sentences take the place of the old ones; where a writer reworded them, the part asks to be checked."""
    if words == section.composed:
        return
    if section.composed and section.composed in section.text:
        section.text = section.text.replace(section.composed, words, 1)
    elif not section.text.strip():
        section.text = words
    else:
        section.needs_check = True
    section.composed = words
    section.save(update_fields=["text", "composed", "needs_check"])


def digest_of(section: BulletinSection) -> str:
    """What a writer saw, to notice that somebody else changed it meanwhile."""
    return hashlib.sha256(section.text.encode()).hexdigest()[:16]


@transaction.atomic
def write(bulletin, *, by, texts: dict[str, tuple[str, str]]) -> int:
    """Keep the parts: ``{code: (text, digest the writer saw)}``; how many changed.

    :raises BulletinRefused: no longer being composed, or a part was changed by somebody else meanwhile.
    """
    held, changed = _writable(bulletin), []
    for section in held.sections.select_for_update():
        if section.code not in texts:
            continue
        text, seen = texts[section.code][0].replace("\r\n", "\n").strip(), texts[section.code][1]
        if digest_of(section) != seen:
            raise BulletinRefused(f"“{section.title}”刚刚由他人修改。请复制您的文字，刷新后对照修改。")
        if text == section.text and not section.needs_check:
            continue
        section.text, section.needs_check = text, False
        section.save(update_fields=["text", "needs_check"])
        changed.append(section.title)
    if changed:
        record(WRITTEN, by=by, file=held, summary="、".join(changed))
    return len(changed)


def owed(county, day: date) -> Due | None:
    """The bulletin that is due and not out; ``None`` when the newest period has its bulletin."""
    due = next_due(county, day)
    known = bulletin_of(county, due.span)
    return None if known is not None and known.published_on is not None else due


def remind(day: date) -> int:
    """Tell each county's supervisors once a week that a bulletin is owed; how many counties."""
    counties = 0
    for county in Organisation.objects.filter(level=OrganisationLevel.COUNTY, parent__isnull=True):
        due = owed(county, day)
        if due is None:
            continue
        week = day.isocalendar()
        told = notify_new(
            holders("oversight.report", county), f"{due.span.label}备案审查情况通报应当发布",
            f"应当于 {due.due_on:%Y-%m-%d} 前发布。", link="/county/bulletins/",
            key=f"bulletin:{county.pk}:{due.span.key}:{week.year}-{week.week}",
        )  # fmt: skip
        counties += bool(told)
    return counties
