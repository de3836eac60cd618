"""Which store keeps attached files: a bucket where MEDIA_TO names one, else a folder."""

from wasched.adapters.media_files import MediaFiles
from wasched.config import Settings
from wasched.domain.media import MB
from wasched.services.ports import MediaStore


def open_media_store(found: Settings) -> MediaStore:
    """The store that the settings name; asks nobody elsewhere yet."""
    if not found.media_to:
        return MediaFiles(found.media_path)
    from wasched.adapters.s3_media import S3Media  # 10 MB that servers with a folder do without

    most = found.media_cache_mb * MB
    return S3Media(found.media_to, dict(found.s3), found.media_path, most)
