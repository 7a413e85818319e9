"""The search key of a name, made on the server when a name is written: "zhou guilan|zgl"."""

from __future__ import annotations

from functools import lru_cache

DOUBLE = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 司徒 长孙 宇文 端木 南宫 独孤".split())
# Characters that are read differently as a surname than in words.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "任": "ren", "盖": "ge", "朴": "piao", "曾": "zeng",
    "尉": "wei", "尉迟": "yu chi", "万俟": "mo qi", "黑": "he", "缪": "miao", "宓": "fu", "乐": "yue", "员": "yun",
    "折": "she", "种": "chong", "秘": "bi", "召": "shao", "哈": "ha", "重": "chong", "翟": "zhai", "覃": "qin", "佴": "nai",
}  # fmt: skip


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Surname, a blank, the given name run together, a bar, the initials. Other scripts stay as they are, in lower case."""
    family, given = split(name.strip())
    syllables = [*_surname(family), *_plain(given)]
    full = " ".join(part for part in ("".join(_surname(family)), "".join(_plain(given))) if part)
    return f"{full}|{''.join(s[0] for s in syllables)}" if syllables else ""


def split(name: str) -> tuple[str, str]:
    """Surname and given name; a name in other letters is all given name."""
    if not name or name[0].isascii():
        return "", name
    cut = 2 if name[:2] in DOUBLE or name[:2] in SURNAMES else 1
    return name[:cut], name[cut:]


def _surname(family: str) -> list[str]:
    return SURNAMES[family].split() if family in SURNAMES else _plain(family)


def _plain(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # half a second that a server which starts need not wait for

    return [s.lower().replace(" ", "") for s in lazy_pinyin(text, style=Style.NORMAL) if s.strip()]
