"""Programs that also travel alone in bundles, with the options that they have there; nothing of the kiosk is loaded."""

import sys
from collections.abc import Callable

import click

from kiosk.evidence.audit import main as audit_main
from kiosk.evidence.carried.verify import main as verify_main


def _alone(name: str, program: Callable[[list[str]], int], says: str) -> click.Command:
    @click.command(
        name,
        help=says,
        context_settings={"ignore_unknown_options": True},
        add_help_option=False,
    )
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def run_it(arguments: tuple[str, ...]) -> None:
        sys.exit(program(list(arguments)))

    return run_it


verify = _alone(
    "verify", verify_main, "核验证据包，一事一档的、全村的都行：重新数票、判定，核对每份文件"
)
audit = _alone("audit", audit_main, "通查全村证据包：从需求到归档，每一条都按法律规定核对一遍")
