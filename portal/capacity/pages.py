"""What the pages of the room share: crumbs, a page about one entry, a form on a page of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.capacity.keeping import may_keep
from portal.capacity.refusals import EntryRefused
from portal.organisations.models import Organisation
from portal.web.inside.access import InsideView

WORKBENCH, HERE = "工作台", "专家和法律顾问"


def crumbs(*more) -> list[tuple[str, str]]:
    """From the work bench over this room to the page."""
    return [(WORKBENCH, reverse("inside:worklist")), (HERE, reverse("capacity:home")), *more]


def register_url(code: str, **query) -> str:
    """A register, narrowed by the query."""
    return reverse("inside:register", kwargs={"code": code}, query=query or None)


class EntryView(InsideView):
    """A page about one entry: who may not see it meets nothing there, who may not change it is refused.

    ``in_sight(person)`` gives the entries, ``key`` the name in the address, ``keep`` the authority to change.
    """

    in_sight = None
    key = ""
    keep = ""
    only_keepers = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            self.entry = type(self).in_sight(request.user).filter(public_id=kwargs[self.key]).first()
            # To whoever only looks, the page of a change is not there either.
            if self.entry is None or (self.only_keepers and not self.may_change()):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def organisation(self) -> Organisation:
        raise NotImplementedError

    def may_change(self) -> bool:
        return may_keep(self.request.user, self.keep, self.organisation())


def form_page(request, form, *, title, trail, button, back_url, lead="", status=200):
    """A form of the room on a page of its own."""
    context = {
        "title": title, "crumbs": crumbs(*trail), "form": form, "button": button, "back_url": back_url, "lead": lead,
    }  # fmt: skip
    return render(request, "inside/form.html", context, status=status)


def done(request, entry, words: str, to: str):
    """On to the page of the entry, with what was done."""
    messages.success(request, str(entry), extra_tags=words)
    return redirect(to)


def put_beside(form, refusal: EntryRefused) -> None:
    """The reason beside the field that it is about."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
