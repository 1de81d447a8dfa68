"""Why a step was refused. Each carries a Chinese message fit for the screen."""


class StepRefused(Exception):
    """Base of all refusals: nothing was written."""

    message = "不能办理。"

    def __init__(self, message: str = ""):
        self.message = message or self.message
        super().__init__(self.message)


class StageConflict(StepRefused):
    """The file is no longer where the person saw it: someone was faster."""

    message = "这件事项刚刚已由他人办理，页面内容已更新，请核对后再办。"


class NotAuthorised(StepRefused):
    message = "您没有办理这一步的权限。"


class NoteMissing(StepRefused):
    message = "请填写理由。"


class GatesNotMet(StepRefused):
    """The file is not ready; ``missing`` names every gap with its basis and its remedy."""

    def __init__(self, missing):
        self.missing = missing
        super().__init__(f"还缺 {len(missing)} 项：" + "、".join(report.label for report in missing))
