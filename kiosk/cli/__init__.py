"""The command line: run · init · code · rehearse · export · publish · verify · audit · rules · catalogue · bench."""

from kiosk.cli.lazily import LazyGroup

bench = LazyGroup(
    "bench",
    {
        "votes": "kiosk.cli.measuring:votes",
        "replay": "kiosk.cli.measuring:replay",
        "faults": "kiosk.cli.measuring:faults",
        "papers": "kiosk.bench.papers.command:papers",
        "publish": "kiosk.bench.publish:publish",
        "record": "kiosk.bench.record.command:record",
    },
    "测速：与同一次运行里的对照比；测断电、坏盘、满盘",
)

cli = LazyGroup(
    "kiosk",
    {
        "init": "kiosk.cli.village:init",
        "code": "kiosk.cli.village:code",
        "run": "kiosk.cli.village:run",
        "export": "kiosk.cli.taking_out:export",
        "publish": "kiosk.cli.taking_out:publish",
        "verify": "kiosk.cli.alone:verify",
        "audit": "kiosk.cli.alone:audit",
        "rehearse": "kiosk.cli.rehearsing:rehearse",
        "rules": "kiosk.cli.rulebook:rules",
        "catalogue": "kiosk.cli.rulebook:catalogue",
        "bench": "kiosk.cli:bench",
    },
    "村民议事表决一体机",
)


def main() -> None:
    """Entry point."""
    cli()
