"""Where a server finds the application: `granian --interface wsgi wsgi:app`."""

import sys

from config.secrets_file import NoSecrets
from config.settings import SettingsError
from passport import create_app

try:
    app = create_app()
except (NoSecrets, SettingsError) as error:
    sys.exit(str(error))
