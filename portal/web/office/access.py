"""Pages of one's own, with acts recorded under the person's name. Pages for others name an authority."""

from portal.accounts.access import SignedInView
from portal.audit.context import acting


class OwnPage(SignedInView):
    """A page for any signed-in person about what is the person's own."""

    def dispatch(self, request, *args, **kwargs):
        with acting(request.user, getattr(request, "request_id", "")):
            return super().dispatch(request, *args, **kwargs)
