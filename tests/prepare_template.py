"""Make the template database of the tests ahead of them: `python -m tests.prepare_template`."""

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    # Read only now: it looks at the models.
    import_module("tests.template").migrated_template()
