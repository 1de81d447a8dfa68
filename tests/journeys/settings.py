"""What the county sets for its region, by its own pages."""

from tests.journeys.desk import Desk


def switch_on_by_the_page(supervisor: Desk, label: str) -> Desk:
    """From today on, for the whole county, after the preview."""
    supervisor.open("/county/rules/").follow(label)
    supervisor.write(value="是", basis="云溪县人民政府办公室通知").press("预览影响")
    return supervisor.press("设定取值").shows("已设定", "启用")
