"""Nothing coercive enters by accident: whole phrases of what the source reports did, and this app never does.

Read: every rulebook file with its keys and codes, and every text and template that the page and the server show.
Whole phrases, so that honest text passes (举报 in "举报假药" is no reward for informers, "fine" is no fine).
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from server.rules import book

ROOT = Path(__file__).resolve().parent.parent.parent
PHRASES = [
    # hunting pregnancies
    "孕情监测", "孕情排查", "孕情跟踪", "查环查孕", "环孕检", "双查", "政策外怀孕", "计划外怀孕", "计外怀孕",
    "违法怀孕", "政策外生育", "计划外生育",
    "超生", "抢生", "违法生育", "符合政策生育", "计划生育率", "pregnancy surveillance", "pregnancy monitoring of",
    "out-of-plan pregnancy",
    "out-of-policy", "unplanned birth quota", "excess birth",
    # "remedial" operations and forced methods
    "补救手术", "补救措施", "落实节育措施", "落实长效措施", "应扎", "应上环", "大月份引产", "四项手术任务",
    "remedial operation", "remedial abortion",
    "forced abortion", "forced sterili", "must be sterili", "mandatory iud",
    # fees, fines, deposits
    "社会抚养费", "计划外生育费", "超生罚款", "征收标准", "罚款", "滞纳金", "保证金", "押金", "计划生育合同", "双诚信",
    "social maintenance fee", "pay a fine",
    "be fined", "penalty fee", "pay a deposit",
    # informers, lists, rankings
    "有奖举报", "会员举报", "举报奖", "信息员奖", "一票否决", "黑名单", "重点对象名单", "张榜公布", "名单公示",
    "公示名单", "排名通报", "末位", "落后村",
    "paid informer", "reward for reporting", "blacklist", "public list of persons", "ranking of persons",
    "rank of villages", "one-vote veto",
    # gates to housing, work and papers
    "婚育证明", "准生证", "生育指标", "生育服务证查验", "凭证租房", "凭证务工", "凭证办照", "一孩证", "birth permit",
    "permit to give birth",
    "birth quota", "fertility certificate",
    # targets and other offices
    "性别比目标", "控制人口", "人口控制", "人口指标", "任务数", "完成率排", "报公安", "移交公安", "抄送公安",
    "抄送工商", "sex ratio target", "population control",
    "share with the police", "reported to the police",
]  # fmt: skip
HONEST = [
    "不愿意也没事，药具照样领。", "If you would rather not, that is fine; supplies are yours all the same.",
    "一般一年 120 只。可以照发。",
    "举报假药请拨 12315。", "人工流产后的服务由技术员来。", "引产后的照护由技术员来。", "计划怀孕的，叶酸可以免费领。",
    "镇里和公安没有数据往来。",
    "表格按登记册的顺序，不排名。", "She may decline, and nothing follows.", "流入人口的服务和常住的一样。",
    "合同医院可以转诊。",
]  # fmt: skip
SHOWN = [
    ("server/rulebook", "*.json"),
    ("pwa/src", "*.ts"),
    ("pwa/src", "*.tsx"),
    ("pwa/public", "*"),
    ("server", "*.html"),
    ("server", "*.py"),
]


def found_in(text: str) -> list[str]:
    """The phrases that a text holds, however they are spaced or cased."""
    flat = text.lower()
    tight = "".join(flat.split())
    return [phrase for phrase in PHRASES if phrase in flat or (not phrase.isascii() and phrase in tight)]


def texts(value: Any) -> list[str]:
    """Every text below a JSON value, keys too."""
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in texts(inner))]
    return [text for inner in value for text in texts(inner)] if isinstance(value, list) else [str(value)]


def rulebook_faults(home: Path) -> list[tuple[str, str]]:
    files = sorted(home.rglob("*.json"))
    assert files, "an empty rulebook proves nothing"
    held = {path: texts(json.loads(path.read_text("utf-8"))) for path in files}
    # A phrase stands in a text only if it stands in all of them together, which is looked through a hundred times faster.
    suspects = [path for path in files if found_in("\n".join(held[path]))]
    return [(path.name, phrase) for path in suspects for text in held[path] for phrase in found_in(text)]


def test_the_rulebook_holds_nothing_coercive() -> None:
    assert rulebook_faults(book.HOME) == []


def test_what_the_page_and_the_server_show_holds_nothing_coercive() -> None:
    faults = []
    for folder, pattern in SHOWN:
        for path in (ROOT / folder).rglob(pattern):
            if path.is_file() and path.suffix in {
                ".json",
                ".ts",
                ".tsx",
                ".html",
                ".py",
                ".txt",
                ".svg",
                ".webmanifest",
            }:
                faults += [(str(path.relative_to(ROOT)), phrase) for phrase in found_in(path.read_text("utf-8"))]
    assert faults == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_is_caught_where_it_enters(phrase: str, tmp_path: Path) -> None:
    home = Path(shutil.copytree(book.HOME / "forms", tmp_path / "forms")).parent
    path = home / "forms" / "household_visit.json"
    form = json.loads(path.read_text("utf-8"))
    form["fields"][3]["hint"]["zh"] += f"（{phrase}）"
    path.write_text(json.dumps(form, ensure_ascii=False), "utf-8")
    assert ("household_visit.json", phrase) in rulebook_faults(home)


def test_a_phrase_is_caught_as_a_code_and_with_blanks_inside() -> None:
    assert found_in("社会 抚养 费") == ["社会抚养费"]
    assert found_in("Pay a FINE") == ["pay a fine"]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_passes(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize("kind", ["writers", "readers"])
def test_no_outsider_reads_or_writes_a_form(kind: str) -> None:
    known = {"director", "liaison", "technician", "station", "county", "import"}
    for form in book.load().forms.values():
        named = form["writers"] if kind == "writers" else [role for roles in form["readers"].values() for role in roles]
        assert set(named) <= known - {"county"}
