"""Many sign-ins at once: each is stretched, none waits for ever."""

import subprocess
import sys

# In a process of its own, which can be ended: a thread that hangs in OpenSSL can not.
AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from passport.crypto.passphrase import Argon2Parameters, stretch
cost = Argon2Parameters(memory_kib=1024)
with ThreadPoolExecutor(16) as threads:
    made = set(threads.map(lambda _: stretch("otter", bytes(16), cost), range(160)))
assert made == {stretch("otter", bytes(16), cost)}
"""


def test_many_at_once_all_get_the_same_key_and_none_hangs() -> None:
    subprocess.run([sys.executable, "-c", AT_ONCE], check=True, timeout=60)
