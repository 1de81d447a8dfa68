from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    label = "meetings"
    verbose_name = "会议"

    def ready(self):
        from portal.web import navigation

        navigation.register("staff", "会议", "meetings:staff-list", "meetings.record", order=60)
