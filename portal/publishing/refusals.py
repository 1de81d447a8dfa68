"""Why something is not published, marked, reviewed or taken down."""

from portal.workflow.refusals import StepRefused


class PublishRefused(StepRefused):
    """Nothing went out; the message says what must be done first."""

    message = "不能公开。"


class NothingPublic(PublishRefused):
    message = "这类事项没有可以公开的内容。"


class CopyRefused(PublishRefused):
    """The public text could not be prepared or reviewed."""

    message = "公开文本没有保存。"


class SourceChanged(CopyRefused):
    message = "正文或者材料刚刚有变动，请核对后重新标记。"


class FourEyes(CopyRefused):
    message = "公开文本由您准备，须由另一人审查（四眼原则）。"
