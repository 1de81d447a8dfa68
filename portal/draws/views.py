"""A draw for everybody: the page, and the text to do it again. Names stay inside: labels, posts, digests."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from portal.draws.models import Draw, DrawEntry, DrawGroup
from portal.draws.registry import kind_named
from portal.draws.transcript import file_name, group_command, moment_said, pool_command, write

KEPT_BY_CACHES = 60  # seconds


@dataclass(frozen=True)
class GroupView:
    """One group as the page shows it: ``entries`` in the order of the pool, ``places`` in that of the draw."""

    group: DrawGroup
    entries: list[DrawEntry]
    places: list
    command: str

    @property
    def is_contested(self) -> bool:
        return len(self.entries) > self.group.places


class DrawPage(View):
    """Something about one draw, with its pool: three queries, however many lots there are."""

    def dispatch(self, request, *args, **kwargs):
        self.draw = get_object_or_404(
            Draw.objects.select_related("organisation", "result"), public_id=kwargs["public_id"]
        )
        self.groups = list(self.draw.groups.all())
        entries = self.draw.entries.select_related("group")
        self.entries = list(entries.select_related("group", "place") if self.draw.is_drawn else entries)
        return super().dispatch(request, *args, **kwargs)

    @property
    def address(self) -> str:
        return self.request.build_absolute_uri(reverse("draws:draw", kwargs={"public_id": self.draw.public_id}))


class DrawView(DrawPage):
    """``/draws/<uuid>/``"""

    def get(self, request, public_id):
        draw = self.draw
        notice = kind_named(draw.kind).notice(draw)
        crumbs = [("首页", "/"), *([notice] if notice else []), ("公开抽取", "")]
        drawn = draw.result if draw.is_drawn else None
        context = {
            "title": draw.purpose,
            "crumbs": crumbs,
            "column": {"name": "公开抽取", "type": "公众参与"},
            "article": {
                "title": draw.purpose, "published_at": draw.frozen_at, "source": draw.organisation.name,
                "description": f"{draw.kind_label}公开抽取：名册、种子、结果和核对方法", "url": self.address,
            },
            "draw": draw,
            "drawn": drawn,
            "facts": self._facts(drawn),
            "notice": notice,
            "groups": [self._group(group, drawn) for group in self.groups],
            "pool_command": pool_command(file_name(draw)),
            "file_name": file_name(draw),
            "text_url": reverse("draws:text", kwargs={"public_id": draw.public_id}),
        }  # fmt: skip
        response = render(request, "draws/draw.html", context)
        response.public_for = KEPT_BY_CACHES  # the same for every reader: ``portal.web.display`` says so to caches
        return response

    def _facts(self, drawn) -> list[dict]:
        draw = self.draw
        rows = [
            {"key": "组织单位", "value": draw.organisation.name},
            {"key": "抽取类别", "value": draw.kind_label},
            {"key": "名册固定", "value": moment_said(draw.frozen_at), "is_number": True},
            {
                "key": "抽取时间",
                "value": moment_said(drawn.drawn_at) if drawn else "尚未抽取",
                "is_number": bool(drawn),
            },
        ]
        if drawn:
            rows.append({"key": "见证人", "value": drawn.witness_post})
        rows.append({"key": "名册摘要", "value": draw.pool_digest, "wide": True})
        if drawn:
            parts = f"系统随机数 {drawn.system_part}、一个连字符、见证人现场报出的“{drawn.spoken}”"
            rows += [
                {"key": "种子", "value": drawn.seed, "wide": True},
                {"key": "种子的组成", "value": parts, "wide": True},
            ]
        return rows

    def _group(self, group: DrawGroup, drawn) -> GroupView:
        entries = [entry for entry in self.entries if entry.group_id == group.pk]
        places = sorted((entry.place for entry in entries), key=lambda place: place.rank) if drawn else []
        command = ""
        if drawn and len(entries) > group.places:
            command = group_command(drawn.seed, group.order, (entry.number for entry in entries))
        return GroupView(group, entries, places, command)


class TextView(DrawPage):
    """``/draws/<uuid>/record.txt``: one line for each lot, and the commands that do the draw again."""

    def get(self, request, public_id):
        text = write(self.draw, self.groups, self.entries, self.address)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file_name(self.draw)}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = f"public, max-age={KEPT_BY_CACHES}"
        return response
