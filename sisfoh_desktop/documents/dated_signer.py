"""pyHanko's signer with our own moment: it would otherwise write the PC's clock and zone. Loads pyHanko."""

from datetime import datetime
from typing import Any

from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession


class DatedSigner(PdfSigner):
    """Signs as of `when` (aware), the same moment that the visible block shows."""

    def __init__(self, meta: PdfSignatureMetadata, engine: Any, style: Any, when: datetime) -> None:
        super().__init__(meta, signer=engine, stamp_style=style)
        self._when = when

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._when
        return session
