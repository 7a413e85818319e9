"""The deployment's certificate authority and its server certificate, kept in `<data>/https`.

The authority may speak for private addresses and `.local` names alone (RFC 5280 name constraints), so that a stolen
key opens no one's bank. It lives ten years; the server's certificate 397 days, the most that browsers take, and is
made anew when an address is new or it ends within 30 days.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8")
NAMES = ("localhost", "local")
AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Files:
    """Where the certificates lie, all PEM. `chain` is what the server shows, `authority` what a phone trusts."""

    authority: Path
    authority_key: Path
    chain: Path
    key: Path

    @classmethod
    def below(cls, data: Path) -> Files:
        folder = data / "https"
        return cls(folder / "ca.pem", folder / "ca.key", folder / "server.pem", folder / "server.key")


def prepare(data: Path, addresses: list[IPv4Address], now: datetime) -> Files:
    """The certificate files for a server reachable at `addresses`; makes or renews what is missing or ends soon."""
    files = Files.below(data)
    files.authority.parent.mkdir(parents=True, exist_ok=True)
    if not files.authority.exists():
        _make_authority(files, now)
    if not _good(files, addresses, now):
        _make_server(files, addresses, now)
    return files


def fingerprint(files: Files) -> str:
    """SHA-256 of the authority's certificate as phones show it: pairs of hexadecimal digits with colons."""
    digest = _read(files.authority).fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digest[i : i + 2] for i in range(0, len(digest), 2))


def as_der(files: Files) -> bytes:
    """The authority's certificate in the form Android installs."""
    return _read(files.authority).public_bytes(Encoding.DER)


def own_addresses() -> list[IPv4Address]:
    """This machine's private IPv4 addresses, the one it goes out by first; loopback last. Sends nothing."""
    found = [_outgoing(), *(info[4][0] for info in _of_own_name()), "127.0.0.1"]
    addresses = [IPv4Address(text) for text in dict.fromkeys(found) if text]
    return sorted((address for address in addresses if _allowed(address)), key=lambda address: address.is_loopback)


def _outgoing() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # a documentation address: a datagram socket's connect only asks for the route
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _of_own_name() -> list[tuple[object, object, object, object, tuple[str, int]]]:
    try:
        return socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)  # type: ignore[return-value]  # IPv4 only
    except OSError:
        return []


def _allowed(address: IPv4Address) -> bool:
    return any(address in IPv4Network(network) for network in PRIVATE)


def _good(files: Files, addresses: list[IPv4Address], now: datetime) -> bool:
    if not files.chain.exists() or not files.key.exists():
        return False
    certificate = _read(files.chain)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = names.get_values_for_type(x509.IPAddress)
    return set(addresses) <= set(held) and certificate.not_valid_after_utc - now > RENEW_BEFORE


def _make_authority(files: Files, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Suifang 随访 {socket.gethostname()} {now:%Y-%m-%d}")
    allowed: list[x509.GeneralName] = [x509.IPAddress(IPv4Network(network)) for network in PRIVATE]
    allowed += [x509.DNSName(word) for word in NAMES]
    builder = (
        _certificate(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(allowed, None), critical=True)
    )
    _write(files.authority_key, _pem(key), secret=True)
    _write(files.authority, builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def _make_server(files: Files, addresses: list[IPv4Address], now: datetime) -> None:
    authority = _read(files.authority)
    signer = load_pem_private_key(files.authority_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    names: list[x509.GeneralName] = [x509.IPAddress(address) for address in addresses]
    names += [x509.DNSName("localhost"), x509.DNSName(f"{_host_label()}.local")]
    builder = (
        _certificate(_name("Suifang server"), authority.subject, key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    _write(files.key, _pem(key), secret=True)
    own = builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM)
    _write(files.chain, own + files.authority.read_bytes())


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    # A phone's clock may be a little behind: begin yesterday.
    begins = now.astimezone(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(begins).not_valid_after(begins + timedelta(days=days))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words[:64])])


def _host_label() -> str:
    label = socket.gethostname().split(".")[0].lower()
    return label if label.replace("-", "").isalnum() and label.isascii() else "suifang"


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644), "wb") as file:
        file.write(content)
    draft.replace(path)
