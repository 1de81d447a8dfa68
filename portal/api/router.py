"""Where rooms and workflow apps hang in what they offer to machines, from their own ``api.py``."""

from rest_framework.routers import SimpleRouter

_endpoints: dict[str, str] = {}

router = SimpleRouter(use_regex_path=False)


def register(prefix: str, viewset: type, basename: str) -> None:
    """Offer a viewset under ``/api/v1/<prefix>/``.

    A viewset of case files (one with a ``model``) also becomes the address of every file of that kind.

    :raises ValueError: the kind already has an address.
    """
    model = getattr(viewset, "model", None)
    if model is not None and _endpoints.setdefault(model.workflow.code, basename) != basename:
        raise ValueError(f"files of {model.workflow.code} already have an address")
    router.register(prefix, viewset, basename=basename)


def endpoint_of(kind: str) -> str | None:
    """Name of the viewset that serves files of this kind; ``None`` for a kind that machines are not offered."""
    return _endpoints.get(kind)
