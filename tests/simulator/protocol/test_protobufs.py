"""The protobufs come without the Go library, and do not stand in the way of the real neonize."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
WITHOUT_GO = """
import sys
from tests.whatsapp_server.protocol import protobufs
maps = open("/proc/self/maps").read()
message = protobufs.e2e.Message(conversation="hi")
print("neonize" in sys.modules, "neonize-linux" in maps, message.conversation)
"""
WITH_NEONIZE_AFTER = """
from tests.whatsapp_server.protocol import protobufs
from neonize.proto.waE2E.WAWebProtobufsE2E_pb2 import Message
print(Message is protobufs.e2e.Message)
"""
WITH_NEONIZE_BEFORE = """
from neonize.proto.waE2E.WAWebProtobufsE2E_pb2 import Message
from tests.whatsapp_server.protocol import protobufs
print(Message is protobufs.e2e.Message)
"""


def output_of(program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_the_go_library_is_not_loaded():
    assert output_of(WITHOUT_GO) == "False False hi"


def test_neonize_may_be_imported_before_or_after():
    assert output_of(WITH_NEONIZE_AFTER) == "True"
    assert output_of(WITH_NEONIZE_BEFORE) == "True"
