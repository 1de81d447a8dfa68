"""The portal: the shared rooms every procedure of the township stands on. `README.md` here is the map."""

from portal.celery import app as celery_app

__all__ = ("celery_app",)
