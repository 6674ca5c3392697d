"""pyHanko's signer over a key that is already open: its own would parse the key again, at the price of a signature.

Loads pyHanko; used by `signers` alone.
"""

from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash


class KeySigner(Signer):
    """Signs with an RSA or elliptic-curve key held by the cryptography library."""

    def __init__(
        self, certificate: Any, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, chain: Iterable[Any]
    ) -> None:
        self._key = key
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))
