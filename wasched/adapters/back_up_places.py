"""Where back-ups are kept by themselves: a folder, or any store that speaks S3."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from wasched.adapters.age_file import Source
from wasched.adapters.backup_faults import BackupError, storage_faults_said
from wasched.adapters.whole_file import new_file
from wasched.domain.back_ups import BackUpPlan, made_at

S3 = "s3://"


class BackUpPlace(Protocol):
    """Holds back-ups by their names. BackupError, in words, for what it cannot do."""

    def sizes(self) -> Mapping[str, int]:
        """The back-ups that are there, in bytes; other files are not looked at."""
        ...

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Keep one; it has its name once it is whole."""
        ...

    @contextmanager
    def opened(self, name: str) -> Iterator[Source]:
        """Read one, while a block runs."""
        ...

    def remove(self, name: str) -> None:
        """Delete one."""
        ...


def open_place(plan: BackUpPlan) -> BackUpPlace:
    """The place that a plan names."""
    if not plan.to.startswith(S3):
        return FolderPlace(Path(plan.to))
    from wasched.adapters.s3_place import S3Place  # 50 MB that few servers need, at night

    return S3Place(plan.to, dict(plan.s3))


def newest_back_up(place: BackUpPlace, where: str) -> str:
    """The name of the newest one; BackupError if there is none."""
    found = sorted(place.sizes(), key=lambda name: str(made_at(name)))
    if not found:
        raise BackupError(f"There is no back-up in {where}.")
    return found[-1]


class FolderPlace:
    """A folder, which is made if only its last part is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sizes(self) -> Mapping[str, int]:
        """The files that are called as back-ups are."""
        with storage_faults_said("The folder of back-ups cannot be read.", self._folder):
            if not self._folder.exists():
                return {}
            files = [one for one in self._folder.iterdir() if made_at(one.name)]
            return {one.name: one.stat().st_size for one in files}

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write it beside its name first; what a killed back-up left half-written is deleted."""
        with storage_faults_said("No back-up was written.", self._folder):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            for left in self._folder.glob("wasched-*.part"):
                left.unlink()
        with new_file(self._folder / name) as target:
            for chunk in chunks:
                target.write(chunk)

    @contextmanager
    def opened(self, name: str) -> Iterator[Source]:
        """The file."""
        with storage_faults_said(f"The back-up cannot be read in {self._folder}.", self._folder):
            file = (self._folder / name).open("rb")
        with file:
            yield file

    def remove(self, name: str) -> None:
        """Delete the file."""
        with storage_faults_said("An old back-up cannot be deleted.", self._folder):
            (self._folder / name).unlink(missing_ok=True)
