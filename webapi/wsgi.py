"""What gunicorn serves: the application for the installation that the environment names."""

from engine.installation.settings import read_settings
from webapi.app import create_app
from webapi.v2.pinned_clock import pinnable_clock

_settings = read_settings()
application = create_app(_settings, pinnable_clock(_settings.data_dir))
