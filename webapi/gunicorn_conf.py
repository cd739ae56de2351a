"""How gunicorn serves Banjie: threads in several processes, each with a ticker of its own; the database decides.

Loaded by ``gunicorn --config``. The application is made after the fork, so that no connection is shared.
"""

from __future__ import annotations

import logging
import os
import signal
from typing import Any

from engine.definitions.source import ContentFolders
from engine.documents.papers.printing import find_printer
from engine.jobs.ticker import Ticker
from webapi.services import services_of

wsgi_app = "webapi.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('BANJIE_PORT', '8000')}"
workers = int(os.environ.get("BANJIE_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("BANJIE_THREADS", "8"))
preload_app = False
timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
limit_request_fields = 60
accesslog = os.environ.get("BANJIE_ACCESS_LOG")
errorlog = "-"

_tickers: dict[int, Ticker] = {}


def post_worker_init(worker: Any) -> None:
    """Start this worker's ticker, now that it has forked and its application is there.

    Ctrl-C reaches the workers twice, from the terminal and from the master; the second would cut off the ticker's stop.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(process)d] %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    services = services_of(worker.app.wsgi())
    root = services.settings.content_root
    ticker = Ticker(services.platform.bus, ContentFolders(root), find_printer(root / "organisation"))
    ticker.start()
    _tickers[os.getpid()] = ticker


def worker_exit(server: Any, worker: Any) -> None:
    """End the ticker after the work in hand, then close the connections."""
    ticker = _tickers.pop(os.getpid(), None)
    if ticker is not None:
        ticker.stop()
        services_of(worker.app.wsgi()).platform.engine.dispose()
