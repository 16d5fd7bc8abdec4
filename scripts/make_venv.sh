#!/bin/sh
# Make the virtual environment named in $1. Debian keeps the part of Python that does this in a
# package of its own; install it where we may, and otherwise say exactly what to install.
set -eu

venv=$1
python=${PYTHON:-python3}

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  exit 0
fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Story Passport needs Python 3.11 or newer. Set PYTHON to one: make run PYTHON=python3.12" >&2
  exit 1
fi

if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    as_root=env
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    echo "Python cannot make a virtual environment here. Install its package, then try again:" >&2
    echo "    sudo apt-get install python3-venv" >&2
    exit 1
  fi
  $as_root apt-get update -q
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends python3-venv
fi

rm -rf "$venv"
"$python" -m venv "$venv"
