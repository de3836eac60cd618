"""Passwords are hashed slowly and expensively, but never so that the server bursts."""

import subprocess
import sys

from wasched.adapters.passwords import Argon2Passwords

_MANY_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wasched.adapters.passwords import Argon2Passwords

hasher = Argon2Passwords()
hashed = hasher.hash("correct horse battery")
with ThreadPoolExecutor(12) as threads:
    assert all(threads.map(lambda _: hasher.verify("correct horse battery", hashed), range(12)))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(int(peak.split()[1]) // 1024)
"""


def test_only_the_right_password_matches() -> None:
    hasher = Argon2Passwords()
    hashed = hasher.hash("correct horse battery")

    assert hashed.startswith("$argon2id$")
    assert hasher.verify("correct horse battery", hashed)
    assert not hasher.verify("correct horse batterie", hashed)
    assert not hasher.verify("correct horse battery", "")
    assert not hasher.verify("correct horse battery", "damaged")


def test_many_who_sign_in_at_once_take_the_memory_of_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY_AT_ONCE], capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < 64 + 100  # MB: one hash, and Python itself


def test_the_first_who_signs_in_after_a_start_may_be_unknown() -> None:
    code = (
        "from wasched.adapters.passwords import Argon2Passwords\n"
        "print(Argon2Passwords().verify('a password', ''))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
