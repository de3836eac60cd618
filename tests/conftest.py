"""Fixtures that every test may use."""

import os
import tempfile

# Tests must never touch a database that somebody uses; set before anything reads the settings.
os.environ["DB_PATH"] = os.path.join(tempfile.mkdtemp(prefix="wasched-tests-"), "app.db")  # noqa: PTH118

pytest_plugins = ["tests.whatsapp_server.fixtures"]
