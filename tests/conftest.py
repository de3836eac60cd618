"""Fixtures that every test may use."""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="wasched-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

# Tests must never touch a database that somebody uses; set before anything reads the settings.
os.environ["DB_PATH"] = os.path.join(_FOLDER, "app.db")  # noqa: PTH118

pytest_plugins = ["tests.whatsapp_server.fixtures"]
