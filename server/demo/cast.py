"""Who works in 柏坡镇. Invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One worker. `villages` counts from 0 in the register's order; `login`: one of those that are printed."""

    username: str
    name: str
    role: str
    villages: tuple[int, ...] = ()
    login: bool = False


CAST = (
    Part("wangfang", "王芳", "director", (0, 1), login=True),
    Part("liumei", "刘梅", "technician", login=True),
    Part("zhanzhang", "陈站长", "station", login=True),
    Part("xian", "县级查数", "county", login=True),
    Part("hejing", "何静", "liaison", login=True),
    Part("zhaoxia", "赵霞", "director", (2, 3)),
    Part("sunli", "孙丽", "director", (4, 5)),
    Part("qianhong", "钱红", "director", (6, 7)),
    Part("zhouyan", "周燕", "director", (8, 9)),
    Part("wumin", "吴敏", "director", (10, 11)),
    Part("zhengjuan", "郑娟", "director", (12, 13)),
    Part("fengyun", "冯云", "director", (14, 15)),
)
