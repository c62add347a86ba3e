"""The village's own key for signing papers (村里的签名密钥): made once, on this machine, and kept beside the database.

ECDSA on P-256 with a certificate that the village made for itself. It proves that a paper came from this machine and
was not changed since; it is no 可靠电子签名 (电子签名法第十三条), for nobody licensed says whose it is. What binds it
to the village is its fingerprint in the journal, which the check code on every signed sheet of paper covers.
"""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from kiosk.store.durable import put

_NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""A certificate without a good end date (RFC 5280, 4.1.2.5): papers are kept for ever."""
_LONGEST = 64
"""So many characters a name in a certificate may have (RFC 5280, appendix A)."""


class SigningKey:
    """A private key and its certificate, from one file that its owner alone may read."""

    def __init__(self, private: EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._private = private
        self._certificate = certificate

    @classmethod
    def kept(cls, path: Path, owner: str, at: datetime) -> "SigningKey":
        """The key of that file; where there is none a new one for `owner`, on the disk before this returns.

        Raises ValueError where the file holds something else, OSError where it cannot be read or written.
        """
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            put(path, _made(owner, at), mode=0o600)
        content = path.read_bytes()
        private = load_pem_private_key(content, None)
        if not isinstance(private, EllipticCurvePrivateKey):
            raise ValueError("the village's key is no key on an elliptic curve")  # noqa: TRY004 -- the file is wrong
        certificate = x509.load_pem_x509_certificate(content)
        if certificate.public_key() != private.public_key():
            raise ValueError("the village's certificate belongs to another key")
        return cls(private, certificate)

    @property
    def certificate(self) -> bytes:
        """The certificate (X.509, DER)."""
        return self._certificate.public_bytes(Encoding.DER)

    @property
    def private(self) -> bytes:
        """The private key (PKCS #8, DER), for whoever signs in this process."""
        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _made(owner: str, at: datetime) -> bytes:
    """A new key with its certificate, as PEM."""
    private = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, owner[:_LONGEST])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(_NO_END)
        .add_extension(usage, critical=True)
        .sign(private, SHA256())
    )
    kept = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return kept + certificate.public_bytes(Encoding.PEM)
