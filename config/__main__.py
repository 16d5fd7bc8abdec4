"""`python -m config`: make the instance folder and fresh secrets, unless there are some."""

import os
from pathlib import Path

from config.secrets_file import make_secrets


def main() -> None:
    """Prepare the folder that `INSTANCE_PATH` names."""
    instance_path = Path(os.environ.get("INSTANCE_PATH", "instance")).resolve()
    made = make_secrets(instance_path)
    print("Made fresh secrets." if made else "Kept the secrets that are there.")  # noqa: T201


main()
