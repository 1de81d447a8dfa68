"""No address of its own: reading it tells the portal what the folder of a document holds, and leads there."""

from normative_docs.archiving import items
from portal.dossiers.views import add_to_case_page

app_name = "archiving"

# Read here so that the case page knows the way to the folder.
PAGES = (items.DOSSIER, add_to_case_page(items.DOSSIER.kind))

public: list = []
staff: list = []
county: list = []
