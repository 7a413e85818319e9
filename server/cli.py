"""`suifang`: one command for everything an operator does. A verb's code is loaded when that verb is asked for."""

from __future__ import annotations

from importlib import import_module

import click

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "日常 Every day": {
        "serve": ("serving:serve", "启动服务  Serve the app and the API"),
        "import-register": ("registers:import_register", "导入全员登记册  Import a township's register (.xlsx)"),
        "figure": ("registers:figure", "查一个指标  Ask for a figure on a day"),
    },
    "人员和手机 Workers and phones": {
        "worker": ("people:worker", "工作人员  Add, list, disable, give a new password"),
        "phone": ("people:phone", "手机  Registration codes, list, revoke"),
    },
    "服务卡 Service cards": {
        "cards": ("cards:cards", "服务卡  Print sheets of cards, take cards out of force"),
        "card-key": ("cards:card_key", "卡密钥  Make, list, replace, revoke the keys that sign cards"),
    },
    "安全 Safety": {
        "backup": ("safety:backup", "备份  Write a backup"),
        "restore": ("safety:restore", "恢复  Restore a backup"),
        "audit": ("safety:audit", "审计日志  Verify the audit log"),
    },
    "安装和开发 Setting up": {
        "migrate": ("setup:migrate", "建表或升级表  Make the tables, or bring them up to date"),
        "demo": ("setup:demo", "载入演示镇  Load the invented township"),
        "rulebook": ("rulebook:rulebook", "检查规则、打印表单  Check the rulebook, print a form"),
        "openapi": ("setup:openapi", "打印接口说明  Print the API's description"),
    },
}


class Verbs(click.Group):
    """Lists all verbs by section without loading any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for section in SECTIONS.values():
            if cmd_name in section:
                module, _, name = section[cmd_name][0].partition(":")
                found = getattr(import_module(f"server.commands.{module}"), name)
                assert isinstance(found, click.Command)
                return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, words) for name, (_, words) in section.items()])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="suifang", prog_name="suifang")
def main() -> None:
    """随访 Suifang: offline field service for reproductive-health work in townships and villages.

    Every verb takes --data DIR (the data folder; made and migrated when it is empty) and --json (standard output is
    one JSON document, progress goes to standard error). Without --data it is $SUIFANG_DATA, else ./data. DATABASE_URL
    names a PostgreSQL database in place of the SQLite file in the data folder.

    Exit status: 0 done; 1 refused, with a stable code; 2 the command line was wrong.

    \b
    First steps:
      suifang demo --data data              an invented township with logins
      suifang serve --data data             then open http://localhost:8000
      suifang import-register FILE.xlsx     your own register
      suifang figure contraceptive_practice --on 2026-11-01

    `suifang VERB --help` tells all about a verb.
    """
