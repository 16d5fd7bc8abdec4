"""Where a server finds the application: `granian --interface wsgi wsgi:app`."""

import gc
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

# What is made once stays: looking through it for rubbish again and again took a tenth of each read.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 100)
