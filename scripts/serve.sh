#!/bin/sh
# Make this instance ready, then serve it on 127.0.0.1 until it is stopped. `make run` and the
# tests both start the service this way. config/settings.py lists the environment it reads.
set -eu

cd "$(dirname "$0")/.."
bin=${VENV_BIN:-.venv/bin}

# granian would share a port that is taken, and requests would go to either service by chance.
if ! "$bin/python" -c 'import socket, sys; socket.create_server(("127.0.0.1", int(sys.argv[1])))' \
  "${PORT:-8000}" 2>/dev/null; then
  echo "Port ${PORT:-8000} is in use. Choose another one: make run PORT=8001" >&2
  exit 1
fi

"$bin/python" -m config
"$bin/flask" --app wsgi db upgrade
"$bin/flask" --app wsgi sweep

# While one thread waits for the disk or stretches a passphrase others serve. On SQLite the receipts
# of as many readers as there are threads are made durable together; PostgreSQL does that itself.
# `make bench` shows what more or fewer would do.
case "${DATABASE_URL:-}" in
  postgresql*) threads=8 ;;
  *) threads=16 ;;
esac
exec "$bin/granian" --interface wsgi --host 127.0.0.1 --port "${PORT:-8000}" \
  --workers "${WEB_WORKERS:-1}" --blocking-threads "${WEB_THREADS:-$threads}" --no-access-log wsgi:app
