"""各稿对照: how the draft of a file came to read as it does. Versions are what the row history kept, whoever saved it.

A kind says once where its draft stands (:func:`register`); the page, and the rooms that show drafts, ask here.
"""

from dataclasses import dataclass
from datetime import datetime

import pghistory.core
from django.db.models import Model
from django.db.models.functions import MD5
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from portal.accounts.models import Person
from portal.documents.comparison import changes, compared
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of
from portal.workflow.registry import workflows

MOST_VERSIONS = 200
MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e"


@dataclass(frozen=True)
class DraftField:
    """Where the draft of one kind of file stands: the field, and the page on which it is written."""

    kind: str
    edit: str
    field: str = "draft_text"
    label: str = "草案"

    def text(self, file) -> str:
        return getattr(file, self.field)

    def edit_url(self, file) -> str:
        return f"{reverse(self.edit, args=[file.public_id])}#id_{self.field}"


@dataclass(frozen=True)
class Version:
    """One text of the draft, from the save that wrote it until the next that changed it. ``key`` finds its text."""

    number: int
    key: int
    saved_at: datetime
    person: str
    stage: str

    def __str__(self):
        return f"第{self.number}稿"


_fields: dict[str, DraftField] = {}


def register(draft: DraftField) -> DraftField:
    """:raises ValueError: the kind has said it already, otherwise."""
    if _fields.setdefault(draft.kind, draft) != draft:
        raise ValueError(f"the draft of {draft.kind} is registered twice")
    return draft


def draft_of(file) -> DraftField | None:
    """Where the draft of this file stands; ``None`` for a kind without one."""
    return _fields.get(file.kind)


def _history(file) -> type[Model]:
    """The rows that the history of this kind of file kept."""
    return pghistory.core.event_models(tracks_model=type(file))[0]


def versions_of(file) -> list[Version]:
    """Every text that the draft ever had, oldest first. A save that left the draft as it was is no version.

    Reads digests, not texts: two queries, however long the draft.
    """
    draft = _fields[file.kind]
    rows = (
        _history(file).objects.filter(pgh_obj_id=file.pk)
        .annotate(digest=MD5(draft.field))
        .order_by("pgh_id")
        .values_list("pgh_id", "pgh_created_at", "digest", "stage", "pgh_context__metadata__person")
    )  # fmt: skip
    last, kept = MD5_OF_NOTHING, []
    for key, at, digest, stage, person in rows.iterator():
        if digest != last:
            kept.append((key, at, stage, person))
        last = digest
    people = dict(Person.objects.filter(pk__in={row[3] for row in kept if row[3]}).values_list("pk", "full_name"))
    stages = workflows[file.kind].stages
    return [
        Version(number, key, at, people.get(person, "系统"), stages(stage).label)
        for number, (key, at, stage, person) in enumerate(kept, start=1)
    ]


def text_of(file, version: Version) -> str:
    """The draft as this version had it."""
    field = _fields[file.kind].field
    return _history(file).objects.filter(pgh_id=version.key, pgh_obj_id=file.pk).values_list(field, flat=True).get()


class DraftVersionsView(FileView):
    """``/staff/cases/<uuid>/draft-versions/``; ``?from=`` and ``?to=`` choose the two that are compared."""

    def get(self, request, public_id):
        draft = draft_of(self.file)
        if draft is None:
            raise Http404
        versions = versions_of(self.file)
        after = self._chosen(versions, "to") or (versions[-1] if versions else None)
        before = self._chosen(versions, "from")
        if before is None and after is not None and after.number > 1:
            before = versions[after.number - 2]
        lines = []
        if after is not None:
            lines = compared(text_of(self.file, after), text_of(self.file, before) if before else None)
        here = reverse("inside:draft-versions", args=[self.file.public_id])
        context = {
            "title": f"{draft.label}各稿",
            "crumbs": [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)),
                       (f"{draft.label}各稿", "")],
            "file": self.file,
            "identity": identity_of(self.file),
            "versions": [
                {
                    "version": version,
                    "read_url": f"{here}?from={version.number}&to={version.number}#text",
                    "changes_url": f"{here}?from={version.number - 1}&to={version.number}#text"
                    if version.number > 1 else "",
                }
                for version in reversed(versions[-MOST_VERSIONS:])
            ],
            "total": len(versions),
            "choices": versions,
            "before": before if before != after else None,
            "after": after,
            "lines": lines,
            "changes": changes(lines),
            "action": here,
            "back_url": case_url(self.file),
        }  # fmt: skip
        return render(request, "inside/draft_versions.html", context)

    def _chosen(self, versions: list[Version], name: str) -> Version | None:
        wanted = self.request.GET.get(name, "")
        return next((version for version in versions if str(version.number) == wanted), None)
