"""pyHanko's writer of PDF revisions, kept from touching the document's own facts. Loads pyHanko.

The original writes the PC's clock and its own name into each revision: the same paper would get another hash each
second, and a signature would carry two different moments.
"""

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class RevisionWriter(IncrementalPdfFileWriter):
    """Adds a revision; title, author, producer and dates stay as the paper was made."""

    def _update_meta(self) -> None:
        """Nothing: see the file's docstring."""

    def identify_by(self, seed: bytes) -> None:
        """Make the changing half of the file's identifier out of 16 bytes, instead of at random."""
        self._document_id = ArrayObject([self._document_id[0], ByteStringObject(seed[:16])])
