"""No address of its own: reading it leads from a decision to its folder, and opens the directory of the archive."""

from decisions.archiving import items, register
from portal.dossiers.views import add_to_case_page

app_name = "decisions_archiving"

# Read here so that the case page knows the way to the folder, and the registers know the directory.
PAGES = (items.DOSSIER, add_to_case_page(items.DOSSIER.kind), register.REGISTER)

public: list = []
staff: list = []
county: list = []
