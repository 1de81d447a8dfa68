"""Pages that any signed-in person may open: one's own account. All other pages name an authority."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic import View


class SignedInView(View):
    """A page that asks for nothing but being signed in, and shows only what is the person's own."""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            response = redirect(f"{reverse('accounts:sign-in')}?{urlencode({'next': request.get_full_path()})}")
            add_never_cache_headers(response)
            return response
        return super().dispatch(request, *args, **kwargs)
