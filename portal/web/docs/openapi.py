"""``docs/api/openapi.yaml``: the description of the interface as it is served, so that a change of it is seen."""

from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from portal.web.docs import DocsError, Generated

TARGET = "docs/api/openapi.yaml"


def generate(root: Path) -> Generated:
    """The description; raises :class:`DocsError` for an endpoint that it cannot describe in full."""
    with redirect_stderr(StringIO()) as doubts:
        schema = SchemaGenerator().get_schema(request=None, public=True)
    found = [line for line in doubts.getvalue().splitlines() if line.strip()]
    if found:
        raise DocsError(f"{TARGET}: {line}" for line in found)
    return {TARGET: OpenApiYamlRenderer().render(schema, renderer_context={}).decode()}
