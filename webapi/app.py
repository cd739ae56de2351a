"""The Flask application of one process."""

from __future__ import annotations

from flask import Flask

from engine.clock import Clock
from engine.installation.settings import Settings
from engine.platform import open_platform
from webapi import documentation, page, v2
from webapi.errors import register_errors
from webapi.forms import validate_form
from webapi.keys import KeyConverter
from webapi.reads import record_reads
from webapi.resources import BLUEPRINTS
from webapi.security import harden
from webapi.services import EXTENSION, Services, database


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """Return the application for an installation whose database is up to date (``banjie setup``).

    ``clock`` is the machine's unless given. Nothing runs beside requests: the ticker is the server's business.
    """
    app = Flask(__name__, static_folder=None)
    platform = open_platform(
        settings.database_url, validate_form=validate_form, data_dir=settings.data_dir, clock=clock
    )
    app.extensions[EXTENSION] = Services(platform, settings)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.converters["key"] = KeyConverter
    database.init_app(app)
    harden(app)
    record_reads(app)
    register_errors(app)
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix)
    app.register_blueprint(documentation.blueprint, url_prefix="/api")
    v2.register(app)
    app.register_blueprint(page.blueprint)
    return app
