"""Who may ask what. Deny by default: a view that names no authority opens to nobody."""

from rest_framework.permissions import BasePermission

from portal.accounts.authority import may


class HoldsAuthority(BasePermission):
    """A signed-in person who holds the view's ``authority`` somewhere; the row scope decides about the rest."""

    message = "您没有使用这个接口的权限。"

    def has_permission(self, request, view) -> bool:
        authority = getattr(view, "authority", "")
        return bool(authority) and may(request.user, authority)
