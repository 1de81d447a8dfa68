from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeadlinesConfig(AppConfig):
    name = "portal.deadlines"
    label = "deadlines"
    verbose_name = "期限"

    def ready(self):
        from portal.deadlines.notices import seed_missing_years  # models are there only now

        post_migrate.connect(seed_missing_years, sender=self, dispatch_uid="deadlines.calendar")
