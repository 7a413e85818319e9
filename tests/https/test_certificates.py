"""The certificate authority of a deployment, checked by OpenSSL's own rules through the ssl module."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from server.https import certificates

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HERE = [IPv4Address("192.168.1.20"), IPv4Address("127.0.0.1")]


def test_a_phone_that_trusts_the_authority_trusts_the_servers_address(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    chain = x509.load_pem_x509_certificates(files.chain.read_bytes())
    verifier = PolicyBuilder().store(Store([authority])).time(NOW).build_server_verifier(x509.IPAddress(HERE[0]))
    assert verifier.verify(chain[0], []) == [chain[0], authority]


def test_the_authority_may_not_speak_for_a_public_name(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert x509.DNSName("local") in (limits.value.permitted_subtrees or [])


def test_a_second_start_keeps_both_certificates(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    before = files.authority.read_bytes(), files.chain.read_bytes()
    certificates.prepare(data_dir, HERE, NOW + timedelta(days=300))
    assert (files.authority.read_bytes(), files.chain.read_bytes()) == before


def test_a_new_address_makes_a_new_server_certificate_under_the_same_authority(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    before = files.authority.read_bytes(), files.chain.read_bytes()
    certificates.prepare(data_dir, [IPv4Address("10.0.0.7"), *HERE], NOW)
    assert files.authority.read_bytes() == before[0]
    assert files.chain.read_bytes() != before[1]


def test_a_certificate_that_ends_soon_is_made_anew(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    before = files.chain.read_bytes()
    certificates.prepare(data_dir, HERE, NOW + timedelta(days=380))
    assert files.chain.read_bytes() != before


def test_private_keys_are_for_their_owner_alone(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    assert [path.stat().st_mode & 0o777 for path in (files.authority_key, files.key)] == [0o600, 0o600]


def test_the_ssl_module_can_serve_with_it(data_dir: Path) -> None:
    files = certificates.prepare(data_dir, HERE, NOW)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)
    assert context.get_ca_certs() == []  # it shows a certificate and asks the phone for none
