"""For everyone: the text of a document on a day, the list in force on a day, two versions side by side."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.db.models import F, Q
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from normative_docs.in_force import versions
from normative_docs.in_force.articles import ArticleText, pairs_of
from normative_docs.in_force.history import last_day, version_lines
from normative_docs.in_force.lists import DayForm, ListForm, in_force_on
from normative_docs.in_force.models import TextVersion
from portal.documents.comparison import Piece, pieces_of
from portal.documents.rendering.paper import chinese_date
from portal.moment import now, today
from portal.publishing import open_data
from portal.publishing.caching import answered, shared_data
from portal.publishing.models import Publication
from portal.publishing.official_text import official_text
from portal.publishing.pages import PublicView, document_url, get_publication
from portal.publishing.sections import marks_of
from portal.web.keyset import KeysetPage
from portal.web.site import site_facts

NOT_YET = "尚未公布"
COLUMN = {"name": "政策文件", "type": "政策文件", "description": "某日有效的文件和文本"}


def public_text(publication: Publication, version: TextVersion) -> str:
    """The reviewed words of a version: those of the live publication, or those confirmed with the version."""
    return publication.text if version.number == 1 else version.public_text


def state_on(publication: Publication, day: date) -> tuple[str, str]:
    """The state on that day as a word, and the kind of its tag."""
    if day < publication.published_on:
        return NOT_YET, ""
    effect = publication.effect_on(day)
    word = marks_of([publication], day).get(publication.file_id, "") if effect.is_dead else ""
    return word or effect.label, effect.tag_kind


def document_with_versions(year: int, serial: int) -> Publication:
    """:raises Http404: no such document, or one without validity."""
    publication = get_publication(year, serial)
    if not publication.has_validity or publication.file.kind != "normative_docs":
        raise Http404
    return publication


def crumbs(publication: Publication, here: str) -> list[tuple[str, str]]:
    return [
        ("首页", reverse("publishing:home")),
        (publication.column, reverse("publishing:documents")),
        ("正文", document_url(publication)),
        (here, ""),
    ]


class ChooseText(PublicView):
    """``/docs/<year>/<serial>/at/?on=``: on to the page of that day."""

    def get(self, request, year, serial):
        publication = document_with_versions(year, serial)
        form = DayForm(request.GET if "on" in request.GET else None)
        if form.is_valid():
            return redirect("in_force:text-on", year=year, serial=serial, day=form.cleaned_data["on"])
        context = {
            "title": f"某日的文本：{publication.title}",
            "crumbs": crumbs(publication, "选择日期"),
            "column": COLUMN,
            "form": form,
            "lead": f"查看《{publication.title}》在某一天的文本和效力状态。",
        }
        return render(request, "normative_docs/in_force/choose_day.html", context, status=422 if form.errors else 200)


class TextOn(PublicView):
    """``/docs/<year>/<serial>/at/<day>/``"""

    def get(self, request, year, serial, day):
        publication = document_with_versions(year, serial)
        version = versions.version_on(publication.file, day)
        if version is None:
            raise Http404
        state, tag_kind = state_on(publication, day)
        waiting = list(versions.unconsolidated(publication.file, day))
        body = official_text(public_text(publication, version))
        context = {
            "title": f"{publication.title}（{chinese_date(day)}的文本）",
            "crumbs": crumbs(publication, f"{day:%Y-%m-%d} 的文本"),
            "column": COLUMN,
            "publication": publication,
            "day": day,
            "is_today": day == today(),
            "state": state,
            "tag_kind": tag_kind,
            "version": version,
            "until": version.effective_until or last_day(publication),
            "waiting": waiting,
            "body": body,
            "versions": version_lines(publication),
            "form": DayForm(initial={"on": day}),
            "choose_url": reverse("in_force:choose-text", args=[year, serial]),
            "document_url": document_url(publication),
            "address": request.build_absolute_uri(),
            "printed_on": chinese_date(today()),
        }
        return render(request, "normative_docs/in_force/text_on.html", context)


@dataclass(frozen=True)
class Row:
    """One article in both versions. ``same``: nothing changed in its words."""

    before: ArticleText | None
    after: ArticleText | None
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def same(self) -> bool:
        return self.before is not None and self.after is not None and self.before.body == self.after.body

    @property
    def word(self) -> str:
        """What happened to it, in a word: colour alone says nothing."""
        if self.before is None:
            return "增加"
        if self.after is None:
            return "删去"
        if self.same:
            return "条号变动" if self.before.label != self.after.label else "未变动"
        return "修改"


def rows_of(before: str, after: str) -> list[Row]:
    """Two texts article by article, with what was struck on the left and what was added on the right."""
    rows = []
    for old, new in pairs_of(before, after):
        pieces = pieces_of(old.body if old else "", new.body if new else "")
        rows.append(
            Row(
                old, new,
                tuple(piece for piece in pieces if piece.kind != "ins"),
                tuple(piece for piece in pieces if piece.kind != "del"),
            )
        )  # fmt: skip
    return rows


class Changes(PublicView):
    """``/docs/<year>/<serial>/changes/<before>-<after>/``"""

    def get(self, request, year, serial, before, after):
        publication = document_with_versions(year, serial)
        found = {one.number: one for one in versions.confirmed(publication.file).filter(number__in=(before, after))}
        if before >= after or len(found) != 2:
            raise Http404
        old, new = found[before], found[after]
        rows = rows_of(public_text(publication, old), public_text(publication, new))
        context = {
            "title": f"第 {before} 版与第 {after} 版对照：{publication.title}",
            "crumbs": crumbs(publication, "版本对照"),
            "column": COLUMN,
            "publication": publication,
            "old": old,
            "new": new,
            "rows": rows,
            "changed": sum(not row.same for row in rows),
            "document_url": document_url(publication),
        }
        return render(request, "normative_docs/in_force/changes.html", context)


class ChooseList(PublicView):
    """``/docs/at/?on=``: on to the list of that day."""

    def get(self, request):
        form = ListForm(request.GET if "on" in request.GET else None, initial={"on": today()})
        if form.is_valid():
            address = reverse("in_force:list-on", args=[form.cleaned_data["on"]])
            chosen = form.cleaned_data["organisation"]
            return redirect(f"{address}?organisation={chosen}" if chosen else address)
        context = {
            "title": "某日有效的文件",
            "crumbs": [("首页", reverse("publishing:home")), ("某日有效的文件", "")],
            "column": COLUMN,
            "form": form,
            "lead": "选一天，查看当天有效的全部规范性文件。",
        }
        return render(request, "normative_docs/in_force/choose_day.html", context, status=422 if form.errors else 200)


def _organisation(request, form: ListForm) -> str:
    code = request.GET.get("organisation", "")
    return code if code in dict(form.fields["organisation"].choices) else ""


class ListOn(PublicView):
    """``/docs/at/<day>/``"""

    def get(self, request, day):
        form = ListForm(initial={"on": day, "organisation": request.GET.get("organisation", "")})
        code = _organisation(request, form)
        page = KeysetPage(in_force_on(day, code), request, order=[(F("published_on"), True), (F("id"), True)])
        marks = marks_of(page.rows, day)
        query = f"?organisation={code}" if code else ""
        context = {
            "title": f"{chinese_date(day)}有效的文件",
            "crumbs": [
                ("首页", reverse("publishing:home")),
                ("某日有效的文件", reverse("in_force:choose-list")),
                (f"{day:%Y-%m-%d}", ""),
            ],
            "column": COLUMN,
            "day": day,
            "form": form,
            "documents": [
                {
                    "title": row.title,
                    "prefix": marks.get(row.file_id, ""),
                    "url": reverse("in_force:text-on", args=[row.year, row.serial, day]),
                    "number": row.number,
                    "organisation": row.organisation.short_name,
                    "effect": "有效",
                    "on": row.published_on,
                }
                for row in page.rows
            ],
            "count_text": page.count_text,
            "pager": page.pager,
            "json_url": reverse("in_force:list-on-json", args=[day]) + query,
            "csv_url": reverse("in_force:list-on-csv", args=[day]) + query,
            "choose_url": reverse("in_force:choose-list"),
        }
        return render(request, "normative_docs/in_force/list_on.html", context)


def _record(publication: Publication, request, day: date) -> dict:
    """A document as open data, with its state and its text as of that day."""
    text = reverse("in_force:text-on", args=[publication.year, publication.serial, day])
    return {
        **open_data.record_of(publication, request),
        "effect": publication.effect_on(day).label,
        "text_on_day": request.build_absolute_uri(text),
    }


def _notes(day: date) -> list[tuple[str, str, str]]:
    notes = [
        (code, label, f"{chinese_date(day)}的状态" if code == "effect" else note)
        for code, label, note in open_data.FIELD_NOTES
    ]
    return [*notes, ("text_on_day", "当日文本", f"{chinese_date(day)}适用的文本的网址")]


def _rows(request, day: date):
    return in_force_on(day, _organisation(request, ListForm())).order_by("year", "serial")


class ListOnJson(View):
    """``/docs/at/<day>/index.json``: ``after`` continues behind a number."""

    http_method_names = ("get", "head", "options")

    def get(self, request, day):
        rows = _rows(request, day)
        after = request.GET.get("after", "")
        if after:
            year, serial = open_data.number_of(after)
            rows = rows.filter(Q(year__gt=year) | Q(year=year, serial__gt=serial))
        rows = list(rows[: open_data.ROWS + 1])
        more = len(rows) > open_data.ROWS
        rows = rows[: open_data.ROWS]
        query = request.GET.copy()
        if more:
            query["after"] = rows[-1].public_number
        content = {
            "name": f"{site_facts().name}{chinese_date(day)}有效的政策文件目录",
            "on": day.isoformat(),
            "generated_at": now().isoformat(timespec="seconds"),
            "fields": [{"code": code, "label": label, "note": note} for code, label, note in _notes(day)],
            "records": [_record(row, request, day) for row in rows],
            "next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if more else None,
        }
        response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
        return shared_data(answered(request, response))


class ListOnCsv(View):
    """``/docs/at/<day>/index.csv``"""

    http_method_names = ("get", "head", "options")

    def get(self, request, day):
        response = StreamingHttpResponse(self._lines(request, day), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="docs-{day:%Y-%m-%d}.csv"'
        return shared_data(response)

    def _lines(self, request, day):
        notes = _notes(day)
        yield "\ufeff" + _line([label for _, label, _ in notes])
        for publication in _rows(request, day).iterator(chunk_size=open_data.ROWS):
            row = _record(publication, request, day)
            yield _line([open_data.harmless(row[code]) for code, _, _ in notes])


def _line(values) -> str:
    out = StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
