"""/ca, the page that leads a phone's owner through trusting the server."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from werkzeug.test import Client

from server.https import certificates, explain

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def files(data_dir: Path) -> certificates.Files:
    return certificates.prepare(data_dir, [IPv4Address("127.0.0.1")], NOW)


@pytest.fixture
def client(files: certificates.Files) -> Client:
    return Client(explain.explaining(files, lambda host: f"https://{host}:8000/app/"))


def test_the_page_leads_to_the_app_on_the_host_that_was_asked(client: Client) -> None:
    page = client.get("/ca", base_url="http://192.168.1.20:8001").text
    assert 'href="https://192.168.1.20:8000/app/"' in page


def test_the_page_shows_the_fingerprint_that_the_terminal_shows(client: Client, files: certificates.Files) -> None:
    assert certificates.fingerprint(files) in client.get("/ca").text


def test_every_picture_of_the_page_is_there(client: Client) -> None:
    answers = [client.get(f"/ca/step-{number}.svg") for number in (1, 2, 3, 4)]
    assert [(answer.status_code, answer.mimetype) for answer in answers] == [(200, "image/svg+xml")] * 4


def test_the_certificate_comes_as_android_wants_it(client: Client, files: certificates.Files) -> None:
    answer = client.get("/ca/suifang.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    assert x509.load_der_x509_certificate(answer.data) == authority


@pytest.mark.parametrize("path", ["/ca/../certificates.py", "/ca/ca.html", "/ca/ca.key", "/ca/%2e%2e/%2e%2e/app.py"])
def test_nothing_but_the_page_its_pictures_and_the_certificate_is_given_out(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_strange_host_cannot_write_into_the_page(client: Client) -> None:
    page = client.get("/ca", headers={"Host": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page
