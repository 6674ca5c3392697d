"""A PostgreSQL server that speaks TLS, for tests where the server itself was built without: a relay that ends TLS.

Certificates are synthetic, of two authorities of the tests' own. The relay can also refuse to encrypt, and cut every
cable.
"""

import contextlib
import ipaddress
import selectors
import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SSL_REQUEST = bytes.fromhex("0000000804d2162f")


@dataclass(frozen=True)
class Authority:
    """Who signs certificates of servers."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def make(cls, name: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(name)
        builder = _builder(subject, subject, key, days=30).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        return cls(builder.sign(key, hashes.SHA256()), key)

    def write(self, path: Path) -> str:
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)

    def server(self, path: Path, *names: str, days: int = 30) -> Path:
        """A certificate with its key, in one file, for a server of these names."""
        key = ec.generate_private_key(ec.SECP256R1())
        known: list[x509.GeneralName] = []
        for name in names:
            with contextlib.suppress(ValueError):
                known.append(x509.IPAddress(ipaddress.ip_address(name)))
                continue
            known.append(x509.DNSName(name))
        builder = _builder(_name("servidor"), self.certificate.subject, key, days=days)
        builder = builder.add_extension(x509.SubjectAlternativeName(known), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        path.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return path


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
    )


class Relay:
    """`with Relay(server_port, certificate) as relay:` listens at `relay.port`; without a certificate it answers that
    it has no TLS, as a server does."""

    def __init__(self, target: int, certificate: Path | None = None) -> None:
        self._target = target
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._open: set[socket.socket] = set()

    def __enter__(self) -> "Relay":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> int:
        """The cable goes: every connection ends without a word; how many there were."""
        cut = list(self._open)
        for one in cut:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        return len(cut) // 2

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server: socket.socket | None = None
        try:
            first = client.recv(8, socket.MSG_PEEK)
            if first == _SSL_REQUEST:
                client.recv(8)
                client.sendall(b"N" if self._context is None else b"S")
                if self._context is not None:
                    client = self._context.wrap_socket(client, server_side=True)
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open |= {client, server}
            _pump(client, server)
        except OSError:
            pass
        finally:
            for one in (client, server):
                if one is not None:
                    self._open.discard(one)
                    one.close()


def _pump(client: socket.socket, server: socket.socket) -> None:
    """Bytes both ways until one side ends."""
    with selectors.DefaultSelector() as ready:
        ready.register(client, selectors.EVENT_READ, server)
        ready.register(server, selectors.EVENT_READ, client)
        while True:
            for key, _ in ready.select():
                source = key.fileobj
                assert isinstance(source, socket.socket)
                while True:
                    data = source.recv(65536)
                    if not data:
                        return
                    key.data.sendall(data)
                    # what TLS has decrypted already never makes the socket ready again
                    if not (isinstance(source, ssl.SSLSocket) and source.pending()):
                        break
