"""A bounded process that reads a file of people and keeps nothing of it."""

from pathlib import Path

from wasched.adapters.bounded_child import serve_requests
from wasched.services.address_book.imports import open_file

if __name__ == "__main__":
    serve_requests(lambda asked, _say: len(open_file.read_file(Path(asked["path"])).rows))
