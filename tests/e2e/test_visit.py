"""A visit on the phone: few taps, drafts that survive a kill, consent before health, supplies for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests import cast
from tests.e2e.day import badge, pick, section
from tests.e2e.phones import Phone

MOST_TAPS = 15
COUNT_TAPS = """
addEventListener('pointerdown', () => sessionStorage.setItem('taps', 1 + Number(sessionStorage.getItem('taps'))), true)
"""

# What the button under her thumb said, one after the other.
LISTEN = """() => {
  const foot = document.querySelector('.foot');
  window.said = [];
  new MutationObserver(() => {
    const words = foot.querySelector('.main')?.textContent;
    if (words && window.said[window.said.length - 1] !== words) window.said.push(words);
  }).observe(foot, { childList: true, subtree: true, characterData: true });
}"""


def on(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def draft_kept(page: Page) -> None:
    expect(page.get_by_text("草稿已存")).to_be_visible()


def kill(phone: Phone) -> Page:
    """The page dies without a word; another one is opened at the same address."""
    old = phone.page
    fresh = phone.context.new_page()
    fresh.goto(old.url)
    old.close(run_before_unload=False)
    return fresh


def test_a_visit_with_a_hand_out_takes_few_taps(working_phone: Phone) -> None:
    page = working_phone.page
    page.evaluate(COUNT_TAPS)
    page.get_by_role("link", name="避孕套").first.click()
    pick(page, "见到了吗", "见到了")
    on(page, "下一步：做了什么")
    pick(page, "今天做了什么", "发药具")
    pick(section(page, "发药具"), "发什么", "避孕套")
    on(page, "下一步：下次")
    page.evaluate(LISTEN)
    on(page, "记下")
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    assert page.evaluate("said.slice(-1)") == ["记下了"]
    assert int(page.evaluate("sessionStorage.getItem('taps')")) <= MOST_TAPS
    expect(badge(page)).to_have_accessible_name("镇里收到 同步")


def looked_again(page: Page, supply: Locator) -> None:
    on(page, "下一步：下次")
    expect(page.get_by_role("alert")).to_contain_text("请再看一眼")
    supply.get_by_role("button", name="看过了，就是 146").press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_draft_survives_a_kill_at_any_field(working_phone: Phone) -> None:
    page = working_phone.page
    working_phone.go_offline()
    page.get_by_role("link", name="避孕套").first.click()
    pick(page, "见到了吗", "见到了")
    draft_kept(page)

    page = kill(working_phone)
    expect(page.get_by_role("radio", name="见到了")).to_be_checked()
    on(page, "下一步：做了什么")
    pick(page, "今天做了什么", "发药具")
    supply = section(page, "发药具")
    pick(supply, "发什么", "避孕套")
    supply.get_by_label("发几个", exact=True).last.fill("146")
    draft_kept(page)

    page = kill(working_phone)
    supply = section(page, "发药具")
    expect(supply.get_by_role("radio", name="避孕套")).to_be_checked()
    expect(supply.get_by_label("发几个", exact=True).last).to_have_value("146")
    expect(supply.get_by_text("比平常多，看看数字对不对。可以照发。")).to_be_visible()
    looked_again(page, supply)
    page.get_by_text("还想记别的").click()
    page.get_by_label("她想要什么").fill("想要本小册子")
    draft_kept(page)

    page = kill(working_phone)
    page.get_by_text("还想记别的").click()
    expect(page.get_by_label("她想要什么")).to_have_value("想要本小册子")
    on(page, "下一步：下次")
    page.get_by_role("button", name="上一步").click()
    expect(section(page, "发药具").get_by_label("发几个", exact=True).last).to_have_value("146")
    expect(section(page, "发药具").get_by_role("button", name="看过了，就是 146", pressed=True)).to_be_visible()


def test_health_answers_come_after_her_yes_and_a_no_is_one_tap(
    working_phone: Phone, demo_township: tuple[Path, Any], tmp_path: Path
) -> None:
    director = next(one for one in demo_township[1]["logins"] if one["role"] == "director")
    working_phone.go_offline()
    page = working_phone.open(f"/app/visit/{cast.unasked(tmp_path / 'data', director['areas'])}")
    pick(page, "见到了吗", "见到了")
    on(page, "下一步：做了什么")
    for deed in ("问用药", "发药具"):
        pick(page, "今天做了什么", deed)
    expect(section(page, "问用药").get_by_label("现在用什么")).to_have_count(0)
    on(page, "下一步：下次")
    expect(page.get_by_role("alert")).to_contain_text("还没问过她")

    for deed in ("问用药", "发药具"):
        section(page, deed).get_by_role("button", name="去问她").click()
        on(page, "她不愿意")
    expect(section(page, "问用药").get_by_label("现在用什么")).to_have_count(0)
    pick(section(page, "发药具"), "发什么", "避孕套")
    section(page, "发药具").get_by_role("button", name="多 10 个").click()
    on(page, "下一步：下次")
    expect(page.get_by_text("不记名")).to_be_visible()
    on(page, "记下")
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()


def test_an_emergency_pill_is_given_at_once_and_with_none_at_hand_it_is_an_urgent_referral(
    working_phone: Phone,
) -> None:
    page = working_phone.page
    page.get_by_role("link", name="避孕套").first.click()
    pick(page, "见到了吗", "见到了")
    on(page, "下一步：做了什么")
    pick(page, "今天做了什么", "发药具")
    supply = section(page, "发药具")
    pick(supply, "发什么", "别的")
    pick(supply, "别的什么", "紧急避孕药")
    expect(supply.get_by_text("现在就给她，先给药，再记")).to_be_visible()
    supply.get_by_text("没发成，或不在村里发").click()
    pick(supply, "没发", "手里没有了")
    on(page, "约技术员")
    expect(section(page, "转诊").get_by_role("radio", name="马上")).to_be_checked()


BEFORE_A_PILL = (
    "上次领药以后，得过新病、吃过别的药",
    "头痛得厉害",
    "一条腿又痛又肿",
    "胸痛、喘不上气",
    "看东西变样",
    "眼睛、皮肤发黄",
)


def test_more_pills_come_after_a_few_questions_and_one_yes_is_a_referral_with_condoms_at_a_tap(
    working_phone: Phone,
) -> None:
    page = working_phone.page
    page.get_by_role("link", name="避孕套").first.click()
    her = page.url.split("/visit/")[1].split("/")[0]
    page = working_phone.open(f"/app/visit/{her}/did?do=supply")
    pick(page, "发什么", "别的")
    pick(page, "别的什么", "短效口服药（21 片）")
    asked = section(page, "吃药前问一问")
    pick(asked, "想和技术员谈谈", "不用")
    for question in BEFORE_A_PILL:
        pick(asked, question, "没有")
    expect(asked.get_by_text("都问过了，可以发")).to_be_visible()
    pick(asked, "胸痛、喘不上气", "有")
    expect(asked.get_by_text("今天先不发这种药，先发避孕套")).to_be_visible()
    expect(section(page, "转诊").get_by_role("radio", name="马上")).to_be_checked()
    on(page, "先发避孕套")
    expect(page.get_by_role("group", name="发什么").get_by_role("radio", name="避孕套")).to_be_checked()


def test_the_back_key_closes_what_lies_over_the_page_first(working_phone: Phone) -> None:
    page = working_phone.page
    page.get_by_role("link", name="避孕套").first.click()
    her = page.url.split("/visit/")[1].split("/")[0]
    page = working_phone.open(f"/app/person/{her}")
    page.get_by_role("button", name="领避孕套").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("group", name="见到了吗")).to_be_visible()
