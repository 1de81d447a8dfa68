"""The metadata of an existing normative document, read out of its text.

What is not printed stays unknown (None), never guessed; what can be read two ways becomes a warning for the
clerk, in Chinese. Of a notice and the text annexed to it, the notice wins.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from normative_docs.importing.bodies import bodies_on_line, close_up, fuller_name, standing_committee
from normative_docs.importing.clauses import (
    Moment,
    Validity,
    adopting_meeting,
    commencements,
    partial_commencement,
    printed_dates_wrong,
    suggested_end,
    validities,
)
from normative_docs.importing.dates import find_dates, whole_date
from normative_docs.importing.layout import Layout, lay_out
from normative_docs.importing.masking import Masked, masked_sentences
from normative_docs.importing.numbers import number_on_line, numbers_in, order_on_lines, tidy
from normative_docs.importing.reading import read_lines
from normative_docs.importing.repeals import Repeal, RepealReading, read_repeals
from normative_docs.importing.titles import (
    carried_title,
    carries_annex,
    heading_for,
    is_complete,
    normalised_title,
    quoted_titles,
    split_issuer,
)

_PLACE = re.compile(r"^(?:关于)?(?P<name>[\u4e00-\u9fa5]{2,8}?(?P<kind>街道|镇|乡))(?!人民政府|办事处)")


@dataclass
class RepealedDocument:
    """A document that this one ends. ``title`` is "" when it is named by number only."""

    title: str
    number: str | None
    from_date: str | None


@dataclass
class ImportedMetadata:
    """What an existing document says of itself. Dates are ISO texts; None means: not printed.

    ``issued_on`` is the printed 成文日期, ``validity`` the clause as printed, ``valid_until`` a date only
    where the text prints one (statutory-rules: the printed date wins; a computed one is a warning).
    """

    title: str | None = None
    document_number: str | None = None
    issuing_body: str | None = None
    issued_on: str | None = None
    effective_on: str | None = None
    valid_until: str | None = None
    validity: str | None = None
    adopted_at: str | None = None
    repeals: list[RepealedDocument] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        """Plain data for JSON, in the order of the fields."""
        return asdict(self)


def read_metadata(path: Path | str) -> ImportedMetadata:
    """The metadata of a TXT, DOCX or PDF file. Raises UnreadableDocument with a Chinese sentence."""
    return _Reader(read_lines(Path(path))).read()


def read_metadata_from_text(text: str) -> ImportedMetadata:
    """The metadata of a text, one paragraph a line."""
    return _Reader(text.splitlines()).read()


class _Reader:
    """One reading of one document; each step fills some fields and adds its warnings."""

    def __init__(self, lines: list[str]) -> None:
        self.layout: Layout = lay_out(lines)
        self.result = ImportedMetadata()
        self.notice = ""
        self.issued: date | None = None
        self.effective: date | None = None
        self.adopted: date | None = None

    def read(self) -> ImportedMetadata:
        self._read_title()
        self._read_number_and_order()
        self._read_body()
        self._name_bare_serial()
        self._read_issue_date()
        self._read_adoption()
        self._read_clauses()
        self._check_dates()
        return self.result

    def _warn(self, sentence: str) -> None:
        if sentence not in self.result.warnings:
            self.result.warnings.append(sentence)

    # -- title ---------------------------------------------------------------------------------------

    def _read_title(self) -> None:
        printed = self.layout.printed_title or close_up(self.layout.labels.get("title", ""))
        if not printed and (order := self._title_from_order()):
            printed = order
        if not printed:
            self._warn("未找到标题，请核对。")
            return
        printed = self._with_body_line(printed)
        self.title_bodies, self.notice = split_issuer(printed)
        if not is_complete(printed):
            self._warn("标题中未见文种，请核对标题是否完整。")
        inner = carried_title(self.notice)
        self.result.title = self.notice
        if inner:
            self.result.title = heading_for(inner, self.layout.annex or self.layout.cover) or inner
            self.result.title = split_issuer(self.result.title)[1]

    title_bodies: list[str] = []

    def _with_body_line(self, printed: str) -> str:
        """A title that is a bare kind (公告) belongs to the body printed over it."""
        if printed in ("公告", "通告", "决定", "通知", "命令") and self.layout.head_bodies:
            return self.layout.head_bodies[-1] + printed
        return printed

    def _title_from_order(self) -> str | None:
        """The title named by the sentence of an order: 《某条例》已经…通过，现予公布."""
        if not self.layout.order_issuer:
            return None
        for line in self.layout.cover[:3]:
            quoted = quoted_titles(line)
            if quoted and re.search(r"公布|发布|施行", line):
                self.layout.title_lines = []
                inner = quoted[0][2]
                self.in_order = True
                return heading_for(inner, self.layout.annex) or inner
        return None

    in_order = False

    # -- number and body -----------------------------------------------------------------------------

    def _read_number_and_order(self) -> None:
        layout = self.layout
        labelled = layout.labels.get("number")
        number = layout.number
        if labelled and (found := number_on_line(labelled) or self._order_number(labelled)):
            if number and tidy(found) != number:
                self._warn(f"页面所列文号{found}与正文文号{number}不一致，已取正文文号。")
            number = number or found
        orders = self._orders_in_history()
        if orders and not number:
            layout.order_issuer, number, printed_on = orders[-1]
            layout.head_date = layout.head_date if printed_on is None else printed_on
            if len(orders) > 1:
                self._warn(f"文首列有{len(orders)}个令号，已取最后一个（{number}），请核对。")
        if layout.other_numbers:
            self._warn(f"文首还有其他文号：{'、'.join(layout.other_numbers)}，请核对。")
        self.result.document_number = number

    def _name_bare_serial(self) -> None:
        """A notice numbered 2026年第2号 only is cited with its body: 甲局公告2026年第2号."""
        serial, kind = self.layout.bare_serial, re.search(r"(公告|通告|令)$", self.notice)
        if self.result.document_number is None and serial:
            body = self.result.issuing_body
            self.result.document_number = f"{body}{kind[1]}{serial}" if body and kind else serial
        if self.result.document_number is None:
            self._warn("正文没有印出发文字号，请补录。")

    @staticmethod
    def _order_number(text: str) -> str | None:
        order = order_on_lines(text, "")
        return order[1] if order else None

    def _orders_in_history(self) -> list[tuple]:
        """Orders named in the legislative history under the title, oldest first: (body, number, date)."""
        found = []
        for line in self.layout.info:
            if re.search(r"通过|批准", line) and not re.search(r"令.{0,6}第|号令", line):
                continue
            for part in re.split(r"[\u3000；;]|\s{2,}", line.strip("（）() ")):
                for start, end, number in numbers_in(part):
                    order = order_on_lines(number, "")
                    if order and re.search(r"公布|发布|颁布|修订|修正|修改", part[end:]):
                        dates = find_dates(part[:start])
                        found.append((order[0], order[1], dates[-1] if dates else None))
        return found

    def _read_body(self) -> None:
        layout = self.layout
        labelled = bodies_on_line(layout.labels.get("body", ""))
        signed = layout.signed_bodies
        candidates = [*self.title_bodies, *layout.head_bodies, *labelled]
        if layout.order_issuer:
            self.result.issuing_body = layout.order_issuer
        elif signed:
            others = [name for line in candidates for name in [line]]
            names = list(dict.fromkeys(fuller_name(name, others) for name in signed))
            self.result.issuing_body = "、".join(names)
            if len(names) == 1 and candidates and not any(self._same_body(names[0], c) for c in candidates):
                self._warn(
                    f"落款机关（{names[0]}）与文首所列（{'、'.join(dict.fromkeys(candidates))}）不一致，已取落款机关。"
                )
        elif self.title_bodies:
            self.result.issuing_body = "、".join(fuller_name(name, candidates) for name in self.title_bodies)
        elif layout.head_bodies:
            self.result.issuing_body = "、".join(dict.fromkeys(layout.head_bodies))
        elif labelled:
            self.result.issuing_body = "、".join(labelled)
        if self.result.issuing_body is None:
            self._body_from_history()

    @staticmethod
    def _same_body(one: str, other: str) -> bool:
        return one.endswith(other) or other.endswith(one)

    def _body_from_history(self) -> None:
        """Regional laws print no issuer: it is the congress or committee whose session passed them."""
        for line in self.layout.info:
            meeting = adopting_meeting(line, history=True)
            dates = find_dates(meeting or "")
            name = meeting and close_up(meeting[dates[-1].end :] if dates else meeting)
            if name and (committee := standing_committee(name)):
                self.result.issuing_body = committee
                self._warn(f"正文没有落款，制定机关按通过会议取为{committee}。")
                return
        self._warn(f"正文没有印出制定机关，请补录。{self._likely_body()}")

    def _likely_body(self) -> str:
        """A hint for the clerk where the title begins with a place that has one body for such papers; never a value."""
        place = _PLACE.match(self.result.title or "")
        if not place:
            return ""
        ending = "办事处" if place["kind"] == "街道" else "人民政府"
        return f"标题冠以“{place['name']}”，可能是{place['name']}{ending}。"

    # -- dates ---------------------------------------------------------------------------------------

    def _read_issue_date(self) -> None:
        layout = self.layout
        labelled = whole_date(layout.labels.get("issued", ""), figures=True)
        found = layout.signed_on or layout.head_date or labelled
        if layout.signed_on and labelled and labelled.value != layout.signed_on.value:
            self._warn(f"页面所列成文日期{labelled.printed}与落款日期{layout.signed_on.printed}不一致，已取落款日期。")
        if found and found.value:
            self.issued = found.value
            self.result.issued_on = found.value.isoformat()
        elif found:
            self._warn(f"成文日期“{found.printed}”不是有效日期，请核对。")
        else:
            self._warn_no_issue_date()
        imprint = layout.imprint_on
        if imprint and self.issued and imprint.value and imprint.value != self.issued:
            self._warn(f"印发日期（{imprint.printed}）与成文日期不同，成文日期取{self.result.issued_on}。")

    def _warn_no_issue_date(self) -> None:
        layout = self.layout
        if layout.imprint_on:
            self._warn(f"只印有印发日期（{layout.imprint_on.printed}），没有成文日期，请补录。")
        elif published := layout.labels.get("published"):
            self._warn(f"只有网页发布日期（{published}），没有成文日期，请补录。")
        else:
            self._warn("正文没有印出成文日期，请补录。")

    def _read_adoption(self) -> None:
        layout = self.layout
        for line in layout.cover[:4]:
            if meeting := adopting_meeting(line):
                self.result.adopted_at = meeting
                return
        history = [
            *layout.info,
            *(line for line in layout.annex[:6] if re.search(r"通过|修订", line) and len(line) < 120),
        ]
        for line in history:
            for part in re.split(r"[\u3000；;]|\s{2,}", line):
                if meeting := adopting_meeting(part, history=True):
                    self.result.adopted_at = close_up(meeting)
                    dates = find_dates(meeting)
                    self.adopted = dates[-1].value if dates else None
                    return

    # -- clauses -------------------------------------------------------------------------------------

    def _read_clauses(self) -> None:
        layout = self.layout
        own = {normalised_title(name) for name in (self.result.title, self.notice) if name}
        own |= {re.sub(r"（[^（）]*）$", "", name) for name in own}
        carries = self.in_order or carries_annex(self.notice)
        extended = {normalised_title(t) for *_, t in quoted_titles(self.notice)} if "有效期" in self.notice else set()
        cover = [s for line in layout.cover if (s := masked_sentences(line, own | extended))]
        annex = [s for line in layout.annex if (s := masked_sentences(line, own))]
        self._read_commencement(cover, annex if carries else [])
        self._read_validity(cover, annex if carries else [])
        if not carries and layout.annex:
            self._warn_ignored(annex)
        readings = [read_repeals(cover)] + ([read_repeals(annex)] if carries else [])
        for reading in readings:
            self._take_repeals(reading)
        self._check_repeal_notice()

    def _read_commencement(self, cover: list[list[Masked]], annex: list[list[Masked]]) -> None:
        in_cover, in_annex = self._moments(cover), self._moments(annex)
        chosen = in_cover or in_annex
        if in_cover and in_annex and {self._day(m) for m in in_cover} != {self._day(m) for m in in_annex}:
            self._warn(
                f"通知与所附正文的施行时间不一致（通知：{in_cover[-1].printed}；正文：{in_annex[-1].printed}），以通知为准。"
            )
        days = list(dict.fromkeys(self._day(m) for m in chosen))
        if len(days) > 1:
            self._warn(f"正文有多个施行时间（{'、'.join(m.printed for m in chosen)}），已取最后一个，请核对。")
        if any(partial_commencement(s) for line in [*cover, *annex] for s in line):
            self._warn("个别条款另有施行时间，请核对。")
        if chosen:
            self.effective = days[-1]
            self._explain(chosen[-1])
            return
        for line in self.layout.info:
            dates = find_dates(line)
            if dates and re.search(r"(?:施行|实施)[）)]?$", line):
                self.effective = dates[-1].value
                return
        labelled = whole_date(self.layout.labels.get("effective", ""), figures=True)
        if labelled:
            self.effective = labelled.value
            self._warn("施行日期取自页面所列信息，正文没有施行条款。")

    @staticmethod
    def _moments(part: list[list[Masked]]) -> list[Moment]:
        return [moment for line in part for sentence in line for moment in commencements(sentence)]

    def _day(self, moment: Moment) -> date | None:
        if moment.hangs_on == "adoption":
            return self.adopted
        return moment.resolve(self.issued)

    def _explain(self, moment: Moment) -> None:
        if self.effective is None:
            self._warn(f"施行时间为“{moment.printed}”，无法据正文确定日期，请补录。")
        elif moment.delay:
            self._warn(
                f"施行日期由“{moment.printed}”自成文日期推算为{self.effective.isoformat()}，请按实际公布日期核对。"
            )
        elif moment.hangs_on == "issue":
            dates = [d.value for d in (self.layout.imprint_on,) if d and d.value and d.value != self.issued]
            published = whole_date(self.layout.labels.get("published", "")[:10], figures=True)
            dates += [published.value] if published and published.value and published.value != self.issued else []
            if dates:
                self._warn(f"“{moment.printed}”按成文日期计算；另印有日期{dates[0].isoformat()}，请核对施行日期。")

    def _read_validity(self, cover: list[list[Masked]], annex: list[list[Masked]]) -> None:
        in_cover, in_annex = self._terms(cover), self._terms(annex)
        if (
            in_cover
            and in_annex
            and (in_cover[-1].until, in_cover[-1].months) != (in_annex[-1].until, in_annex[-1].months)
        ):
            self._warn(
                f"通知与所附正文的有效期不一致（通知：{in_cover[-1].printed}；正文：{in_annex[-1].printed}），以通知为准。"
            )
        chosen = in_cover or in_annex
        if not chosen:
            labelled = whole_date(self.layout.labels.get("until", ""), figures=True)
            if labelled and labelled.value:
                self.result.valid_until = labelled.value.isoformat()
                self._warn("有效期截止日期取自页面所列信息，正文没有有效期条款。")
            return
        dated = [v for v in chosen if v.until] or chosen
        validity = dated[-1]
        if len({(v.until, v.months) for v in dated}) > 1:
            self._warn(f"正文有多处有效期（{'、'.join(v.printed for v in dated)}），已取最后一处，请核对。")
        self.result.validity = validity.printed
        if validity.until:
            self.result.valid_until = validity.until.isoformat()
            if self.effective and validity.until < self.effective:
                self._warn("有效期截止日期早于施行日期，请核对。")
        elif end := suggested_end(validity, self.effective):
            self._warn(f"有效期只写明“{validity.printed}”，未印截止日期；推算截止日为{end.isoformat()}，请核对后填写。")
        if self.effective is None and validity.since and not self._says_when(cover, annex):
            self.effective = validity.since

    def _says_when(self, cover: list[list[Masked]], annex: list[list[Masked]]) -> bool:
        return bool(self._moments(cover) or self._moments(annex))

    @staticmethod
    def _terms(part: list[list[Masked]]) -> list[Validity]:
        return [validity for line in part for sentence in line for validity in validities(sentence)]

    def _warn_ignored(self, annex: list[list[Masked]]) -> None:
        moments, terms = self._moments(annex), self._terms(annex)
        if terms and (self.result.validity or not moments):
            self._warn(f"所附文本写有“{terms[-1].printed}”，以通知为准，未采用。")
        elif moments or terms:
            self._warn("所附文本另有施行或有效期条款，属所附文件本身，未采用。")

    def _take_repeals(self, reading: RepealReading) -> None:
        for repeal in reading.repeals:
            if normalised_title(repeal.title) == normalised_title(self.result.title) and not repeal.number:
                continue
            day = self._repeal_day(repeal)
            if day is None:
                self._warn(f"废止“{repeal.title or repeal.number}”的起始日期未印明，请补录。")
            document = RepealedDocument(repeal.title, repeal.number, day.isoformat() if day else None)
            if document not in self.result.repeals:
                self.result.repeals.append(document)
        for sentence in reading.partial:
            self._warn(f"仅停止执行或废止部分条款，未列入废止文件：{sentence[:80]}")
        for sentence in reading.unnamed:
            self._warn(f"概括性废止条款，没有写明文件：{sentence[:80]}")

    def _repeal_day(self, repeal: Repeal) -> date | None:
        if repeal.moment is None:
            return self.effective
        day = self._day(repeal.moment)
        if (
            self.effective is None
            and day
            and not self.result.effective_on
            and repeal.moment.hangs_on in ("issue", "date")
        ):
            self.effective = day
            self._warn(f"正文没有单独的施行条款，施行日期取自“{repeal.moment.printed}”。")
        return day

    def _check_repeal_notice(self) -> None:
        if re.search(r"废止|失效", self.notice) and not self.result.repeals:
            self._warn("标题表明本文废止或宣布失效文件，但正文没有列出文件名称，目录可能在附件中，请补录。")

    def _check_dates(self) -> None:
        if self.effective:
            self.result.effective_on = self.effective.isoformat()
        if self.effective and self.issued and self.effective < self.issued:
            self._warn("施行日期早于成文日期，请核对。")
        for line in [*self.layout.cover, *self.layout.annex]:
            for printed in printed_dates_wrong(line):
                self._warn(f"正文中的日期“{printed}”不是有效日期，请核对。")
