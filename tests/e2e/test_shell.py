"""The app's shell in a real Chromium: it opens, it keeps its own rules, it opens again without a network."""

from __future__ import annotations

from tests.e2e.phones import Phone


def test_the_sign_in_page_breaks_no_rule_of_its_own_policy(phone: Phone) -> None:
    broken: list[str] = []
    phone.page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    phone.open().get_by_role("textbox").first.wait_for()
    phone.wait_until_installed()
    assert broken == []


def test_the_page_names_no_feature_that_the_browser_does_not_know(phone: Phone) -> None:
    response = phone.page.goto("/app/")
    assert response is not None
    named = {part.split("=")[0].strip() for part in response.headers["permissions-policy"].split(",")}
    known = set(phone.page.evaluate("() => document.featurePolicy.features()"))
    assert named - known == set()


def test_it_opens_without_a_network_after_the_first_visit(phone: Phone) -> None:
    phone.open().get_by_role("textbox").first.wait_for()
    phone.wait_until_installed()
    phone.go_offline()
    phone.page.reload()
    phone.page.get_by_role("textbox").first.wait_for()


def test_it_opens_without_a_network_after_a_restart(phone: Phone) -> None:
    phone.open().get_by_role("textbox").first.wait_for()
    phone.wait_until_installed()
    phone.restart().go_offline()
    phone.open("/app/people").get_by_role("textbox").first.wait_for()


def test_the_bare_address_leads_to_the_app(desk: Phone) -> None:
    desk.open("/")
    desk.page.wait_for_url("**/app/**")
