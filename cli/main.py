"""Entry point of ``banjie``: the words that operators and analysts type."""

from __future__ import annotations

import sys

import click

from cli import analysing, archiving, book, controls, deadlines, operating, people, proving
from engine.errors import BanjieError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="banjie")
def banjie() -> None:
    """办结：运行机关的全部工作流程。"""


for command in (
    *analysing.COMMANDS,
    *operating.COMMANDS,
    *people.COMMANDS,
    *proving.COMMANDS,
    *deadlines.COMMANDS,
    *controls.COMMANDS,
    *archiving.COMMANDS,
    *book.COMMANDS,
):
    banjie.add_command(command)


def main() -> None:
    """Run; a declared error is printed with its code and place, exit status 1."""
    try:
        banjie(standalone_mode=False)
    except BanjieError as error:
        place = f"{error.place}: " if error.place else ""
        click.echo(f"{place}{error.message} [{error.code}]", err=True)
        sys.exit(1)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
