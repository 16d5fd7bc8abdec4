"""Where a server finds the application: `granian --interface wsgi wsgi:app`."""

import sys

from config.private_memory import keep_memory_private
from config.secrets_file import NoSecrets
from config.settings import SettingsError
from passport import create_app

# Before any secret is read.
keep_memory_private()
try:
    app = create_app()
except (NoSecrets, SettingsError) as error:
    sys.exit(str(error))
