"""What every page frame needs, and nothing that asks the database before a template does."""

from portal.web.display import display_of
from portal.web.navigation import Menus
from portal.web.site import site_facts


def navigation(request) -> dict:
    """Context processor: ``menus`` (lazy), ``site`` (facts of the site), ``display`` (reader's preference)."""
    return {"menus": Menus(request), "site": site_facts(), "display": display_of(request)}
