"""The library's wish for libmagic, on a system that has none."""

import subprocess
import sys

WITHOUT_LIBMAGIC = """
import ctypes
load = ctypes.CDLL.__init__
def refuse(self, name, *rest, **more):
    if name in ("libmagic.so", "libmagic.so.1"):
        raise OSError(name)
    load(self, name, *rest, **more)
ctypes.CDLL.__init__ = refuse
from wasched.adapters.whatsapp import neonize_api
import magic
print(magic.from_buffer(b"%PDF-1.7 ...", mime=True))
"""


def test_a_system_without_libmagic_uses_the_one_from_pypi() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBMAGIC], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["application/pdf"]
