from django.apps import AppConfig


class InterpretationsConfig(AppConfig):
    name = "portal.interpretations"
    label = "interpretations"
    verbose_name = "政策解读"

    def ready(self):
        from portal.interpretations.together import publish_together
        from portal.workflow.perform import follow

        follow(publish_together)
