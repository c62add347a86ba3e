"""The village's signature under a paper (电子签名): PAdES baseline B-B, ETSI EN 319 142-1, appended to the file.

A signature is an incremental update: every byte before it stays where it was, so that the digest in the journal, which
is that of the paper as it was set, still holds for the beginning of the file, and the paper is PDF/A-3b as before.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

RESERVED_BYTES = 4096
"""Place for the signature in hexadecimal, of which it takes some 1,800; unsaid, pyHanko signs once more to find out."""

_FIELD = "Village"


class _Increment(IncrementalPdfFileWriter):
    """An update that keeps a file PDF/A: no newer version of PDF, no other description of the file.

    pyHanko would write /Version 2.0 for a signature on an elliptic curve (forbidden by ISO 19005-3, 6.1.2), and its own
    name into one of the two descriptions, which have to agree (6.6.3).
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """The file stays the version that it is."""

    def _update_meta(self) -> None:
        """Its description stays as it was archived."""


class _Signer(PdfSigner):
    """Signs as of an instant that is given: nothing here reads a clock."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def signed(pdf: bytes, certificate: bytes, private: bytes, at: datetime) -> bytes:
    """The paper with a signature appended; it begins with the paper, byte for byte.

    certificate, private: X.509 and PKCS #8, DER. Raises ValueError where the result would not begin with the paper.
    """
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    signer = SimpleSigner(Certificate.load(certificate), PrivateKeyInfo.load(private), store)
    meta = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    out = BytesIO()
    increment = _Increment(BytesIO(pdf))
    _Signer(meta, signer, at).sign_pdf(increment, output=out, bytes_reserved=RESERVED_BYTES)
    content = out.getvalue()
    if not content.startswith(pdf):
        raise ValueError("the signature would change the paper")
    return content


Sign = Callable[[bytes, datetime], bytes]
"""Appends the village's signature to a paper, as of that instant."""
