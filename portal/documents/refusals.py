"""Why a file is not taken in."""


class FileRefused(Exception):
    """An uploaded file that is not taken in.

    `code` is stable, for tests and audit; `reason` is the Chinese sentence shown to the person: what is wrong with
    the file, then what to do about it.
    """

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason


class FileClosed(FileRefused):
    """The case file is closed; its papers can no longer change (档案法 art. 37: electronic records stay complete)."""

    def __init__(self):
        super().__init__("file_closed", "案卷已办结归档，不能再增加、替换或撤下材料。确需补充的，请先办理案卷重启。")
