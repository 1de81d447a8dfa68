"""Who may open a page at work. Deny by default: no authority named, no page."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic import View

from portal.accounts.authority import may
from portal.accounts.views import first_page
from portal.audit.context import acting
from portal.casefiles.models import CaseFile
from portal.workflow.registry import workflows


class InsideView(View):
    """A page that needs a signed-in person with ``authority`` somewhere.

    Nothing behind the sign-in is kept by caches; everything recorded during the request is recorded as
    done by this person.
    """

    authority: str = ""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            response = redirect(f"{reverse('accounts:sign-in')}?{urlencode({'next': request.get_full_path()})}")
            add_never_cache_headers(response)
            return response
        if not self.authority:
            raise PermissionDenied("这个页面没有设定访问权限。")
        if not may(request.user, self.authority):
            # An administrator's work does not begin at the worklist, which would only refuse again.
            request.way_back = first_page(request.user)
            raise PermissionDenied("您没有查看这个页面的权限。")
        with acting(request.user, getattr(request, "request_id", "")):
            return super().dispatch(request, *args, **kwargs)


def get_file(person, public_id) -> CaseFile:
    """The file of that public number as its own kind, if this person may see it; else it does not exist.

    :raises Http404: unknown, or outside the person's scope.
    """
    kind = CaseFile.objects.visible_to(person).filter(public_id=public_id).values_list("kind", flat=True).first()
    if kind is None or kind not in workflows:
        raise Http404
    return (
        workflows.model(kind)
        .objects.select_related("organisation", "handling_unit", "opened_by")
        .get(public_id=public_id)
    )


class FileView(InsideView):
    """A page about one file (``public_id`` in the address), found as ``self.file`` within the person's scope.

    ``kinds`` limits the page to files of these workflows; ``changes`` names the authority that a POST asks
    for in the file's own organisation. A page that is ``only_to_change`` is nothing but a form: without that
    authority it doesn't open, and no link leads there. ``refusal`` is what the person is told then.
    """

    authority = "casefiles.see"
    kinds: tuple[str, ...] = ()
    changes: str = ""
    only_to_change = False
    refusal = "您没有在这件事项上办理的权限。"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.file = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and may(request.user, self.authority):
            self.file = get_file(request.user, kwargs["public_id"])
            if self.kinds and self.file.kind not in self.kinds:
                raise Http404
            only_reads = request.method in ("GET", "HEAD", "OPTIONS") and not self.only_to_change
            if not only_reads and not self.may_change():
                raise PermissionDenied(self.refusal)
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def opens_for(cls, person, file) -> bool:
        """Whether the page of this file opens for a person who sees the file. Pages that ask for more say so here."""
        return may(person, cls.authority) and (not cls.only_to_change or cls.changed_by(person, file))

    @classmethod
    def changed_by(cls, person, file) -> bool:
        """Whether the person holds in the file's organisation what a POST to this page asks for."""
        return bool(cls.changes) and may(person, cls.changes, file.organisation)

    def may_change(self) -> bool:
        """Whether this person may post here."""
        return self.changed_by(self.request.user, self.file)


def may_open(person, address: str, file=None) -> bool:
    """Whether a link to this page of the site leads somewhere for the person; else it is no link.

    :param file: the file that the page is about, which the person sees.
    :raises Resolver404: no page of this site has the address.
    """
    view = getattr(resolve(urlsplit(address).path).func, "view_class", None)
    if file is not None and view is not None and issubclass(view, FileView):
        return view.opens_for(person, file)
    authority = getattr(view, "authority", "")
    return not authority or may(person, authority)
