"""What is said of attached files, in English: why one is not ready, or goes as a document."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.BEING_PREPARED: "Being made ready for phones.",
    Code.FILE_NOT_READY: "{name}: {why}",
    Code.NOT_CONVERTED: "This file cannot be made into a {kind} for WhatsApp. Send it as a "
    "document.",
    Code.CONVERSION_TAKES_TOO_MUCH: "Making this file a {kind} for WhatsApp takes longer, or more "
    "memory, than this server gives to one. Send it as a document, or save it smaller first.",
    Code.STILL_TOO_LARGE: "It cannot be made a {what} small enough for WhatsApp.",
    Code.NO_FFMPEG: "It was not made a {what} when it was attached. Attach it again.",
    Code.CONVERSION_INTERRUPTED: "Making it ready was interrupted. Attach it again.",
    Code.DISK_FAILS: "The server's disk is full, or fails. Mend that, then attach it again.",
    Code.MEDIA_TAKES_TOO_MUCH: "This file cannot be looked into, or takes too long or too much "
    "memory for it. Save it smaller or in another format, or pack it as a ZIP file, which goes as "
    "a document.",
    Code.MEDIA_DAMAGED: "This file is damaged, or of a kind that cannot be read here, so it goes "
    "as a document. If it should be a photo, film or sound, save it anew.",
    Code.PICTURE_DAMAGED: "The picture is damaged, or no picture. Save it anew and try again.",
    Code.PICTURE_TAKES_TOO_MUCH: "This picture needs {size} of memory to be looked at; {enough} "
    "are enough for others. Make it smaller, or save it as a JPEG.",
    Code.TOO_MANY_PIXELS: "This picture has {millions:,} million pixels, and a photo may have "
    "{most}. Make it smaller to send it as one.",
    Code.MEDIA_NO_ROOM: "There is no room on the server's disk for {size}.",
    Code.MEDIA_DISK_FULL: "The server's disk is full. Make room there, then try again.",
    Code.MEDIA_READ_ONLY: "The server may not write into its media folder. Mend that, then try "
    "again.",
    Code.MEDIA_FOLDER_EMPTY: "The server's media folder is empty. Who runs the server sees to it "
    "that its volume is there; then it is tried again.",
    Code.MEDIA_STORE_SILENT: "The store of attached files does not answer. Try again a "
    "little later.",
    Code.MEDIA_STORE_REFUSES: "The store of attached files refuses what it is asked ({text}). Who "
    "runs the server sees on Health what is wrong.",
    Code.MEDIA_STORE_FULL: "The store of attached files is full. Make room there, then try again.",
    Code.DOCUMENT_BY_SIZE: "A {what} may have {size}; this one goes as a document.",
    Code.DOCUMENT_BY_PIXELS: "{why} As it is, it goes as a document.",
    Code.DOCUMENT_BY_KIND: "Phones cannot show it as it is, so it goes as a document.",
}
