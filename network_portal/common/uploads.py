"""The first look at what is uploaded: a request that no form of the portal can want is not read at all."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST = 64 * 1024 * 1024  # of a whole request; each form has smaller limits of its own


class LimitedUpload(FileUploadHandler):
    """Refuses by the length that the request announces; the files themselves it leaves to the handlers after it."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST:
            raise RequestDataTooBig(f"An upload of {content_length} bytes was refused.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        """No file of its own."""
