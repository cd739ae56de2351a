"""What gunicorn serves: the application for the installation that the environment names."""

from engine.installation.settings import read_settings
from webapi.app import create_app

application = create_app(read_settings())
