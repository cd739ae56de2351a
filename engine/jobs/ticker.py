"""The ticker of one process: APScheduler calls, the database decides."""

from __future__ import annotations

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from engine.commands.bus import CommandBus
from engine.commands.deploy_folder import deploy_folder
from engine.definitions.source import ContentFolders
from engine.documents.papers.printing import Printer
from engine.jobs.acquirer import fire_due_timers
from engine.jobs.archiving import run_archives
from engine.jobs.batches import run_batches
from engine.jobs.clock_watch import watch_clocks
from engine.jobs.delivery import deliver, drop_expired
from engine.jobs.orphans import drop_old_requests, drop_orphans, sweep_contents
from engine.jobs.paper_previews import drop_previews, print_previews
from engine.jobs.registers import enter_changes, run_exports
from engine.jobs.role_watch import watch_roles
from engine.jobs.seal_watch import watch_seals
from engine.jobs.workers import with_printer, work_jobs
from engine.notices.sending import send_due

logger = logging.getLogger(__name__)

TICK_SECONDS = 1
WORK_SECONDS = 2
SEND_SECONDS = 5
TIDY_SECONDS = 60
SWEEP_SECONDS = 6 * 3600
ARCHIVE_SECONDS = 10
WATCH_SECONDS = 5
LOOK_SECONDS = 2
"""How often the content folders are looked at; a file is taken up once it lies still from one look to the next."""


class Ticker:
    """Fires due timers and takes up new files, until it is stopped. Start it after the process has forked."""

    def __init__(self, bus: CommandBus, folders: ContentFolders | None = None, printer: Printer | None = None) -> None:
        self._bus = bus
        self._workers = with_printer(printer)
        self._printer = printer
        self._folders = folders
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin ticking in a thread of this process."""
        self._every(TICK_SECONDS, self.tick)
        self._every(WORK_SECONDS, self.work)
        self._every(SEND_SECONDS, self.send)
        self._every(TIDY_SECONDS, self.tidy)
        self._every(WATCH_SECONDS, self.watch)
        self._every(WORK_SECONDS, self.enter)
        self._every(WORK_SECONDS, self.export)
        self._every(TICK_SECONDS, self.preview)
        self._every(SWEEP_SECONDS, self.sweep)
        self._every(ARCHIVE_SECONDS, self.archive)
        if self._folders is not None:
            self._every(LOOK_SECONDS, self.look)
        self._scheduler.start()

    def stop(self) -> None:
        """End after the work in hand."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """Fire what is due, deliver what was thrown, start what starts by itself."""
        fire_due_timers(self._bus)
        deliver(self._bus)

    def work(self) -> None:
        """Do the jobs that the platform does itself, and what was ordered for many cases."""
        work_jobs(self._bus, self._workers)
        run_batches(self._bus)

    def watch(self) -> None:
        """Tell of clocks that turned amber, red or overdue, and of seals that are not back; reckon clocks anew."""
        watch_clocks(self._bus)
        watch_seals(self._bus)

    def send(self) -> None:
        """Send the notices that leave the house."""
        send_due(self._bus)

    def enter(self) -> None:
        """Work changed cases out in the registers."""
        enter_changes(self._bus)

    def export(self) -> None:
        """Make the lists that people ordered."""
        run_exports(self._bus)

    def preview(self) -> None:
        """Print the previews of papers that people wait for."""
        print_previews(self._bus, self._printer)

    def archive(self) -> None:
        """Make the packages of ended cases."""
        run_archives(self._bus, self._printer)

    def sweep(self) -> None:
        """Remove stored contents that no document names, and idempotency keys of long ago."""
        sweep_contents(self._bus)
        drop_old_requests(self._bus)

    def tidy(self) -> None:
        """Throw away what can't matter any more, and look whom open user tasks reach."""
        drop_expired(self._bus)
        drop_previews(self._bus)
        drop_orphans(self._bus)
        watch_roles(self._bus)

    def look(self) -> None:
        """Deploy what is new in the content folders, and say in the log what was refused."""
        if self._folders is None:
            return
        files = self._folders.read_if_changed()
        if files is None:
            return
        outcome = deploy_folder(self._bus, files)
        for item in outcome.deployed:
            logger.info("deployed %s %s version %s", item["kind"], item["id"], item["version"])
        for name, problems in outcome.refused.items():
            for problem in problems:
                logger.error(
                    "refused %s line %s [%s]: %s", name, problem["line"], problem["element"], problem["message"]
                )

    def _every(self, seconds: int, work: Callable[[], None]) -> None:
        self._scheduler.add_job(_safely(work), "interval", seconds=seconds)


def _safely(work: Callable[[], None]) -> Callable[[], None]:
    """Log what goes wrong with its trace and tick on: a database that is away for a moment comes back."""

    def run() -> None:
        try:
            work()
        except Exception:
            logger.exception("a tick failed")

    return run
