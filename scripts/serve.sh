#!/bin/sh
# Make this instance ready, then serve it on 127.0.0.1 until it is stopped. `make run` and the
# tests both start the service this way. config/settings.py lists the environment it reads.
set -eu

cd "$(dirname "$0")/.."
bin=${VENV_BIN:-.venv/bin}

"$bin/python" -m config
"$bin/flask" --app wsgi db upgrade

# While one thread waits for the disk or stretches a passphrase others serve, and the receipts of
# several readers are made durable together. `make bench` shows what more or fewer would do.
exec "$bin/granian" --interface wsgi --host 127.0.0.1 --port "${PORT:-8000}" \
  --workers "${WEB_WORKERS:-1}" --blocking-threads "${WEB_THREADS:-8}" --no-access-log wsgi:app
