"""Work of the pages that the worker does. The worker finds it by the name of this module."""

from importlib import import_module

# Reading the module registers its job.
import_module("portal.web.office.audit_check")
