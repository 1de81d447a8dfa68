"""What these records do not take."""

from portal.workflow.refusals import StepRefused


class EntryRefused(StepRefused):
    """The entry can't stand as it is; the message says why, in Chinese, and ``field`` beside which control."""

    def __init__(self, message: str, field: str = "name"):
        super().__init__(message)
        self.field = field
