"""The size limit while the request still streams, before anything is spooled to disk or memory."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

OVERSIZED = "portal.oversized_uploads"
"""Key in `request.META` of the set of form fields whose file was dropped for its size."""


class SizeLimitHandler(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS: drops a file at the first byte above UPLOAD_MAX_BYTES, whatever was announced.

    The rest of the request is read and thrown away, so that the page can answer with a sentence instead of a broken
    connection; the form finds the field's name under `OVERSIZED`.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._size = 0

    def receive_data_chunk(self, raw_data, start):
        self._size += len(raw_data)
        if self._size > settings.UPLOAD_MAX_BYTES:
            self.request.META.setdefault(OVERSIZED, set()).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None
