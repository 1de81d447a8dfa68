from django.apps import AppConfig


class CountyRequestsConfig(AppConfig):
    name = "portal.county_requests"
    label = "county_requests"
    verbose_name = "请示和预审"

    def ready(self):
        from portal.web import navigation

        navigation.register("county", "请示和预审", "county_requests:county", "county_requests.answer", order=26)
