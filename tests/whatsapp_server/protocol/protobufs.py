"""WhatsApp's protobuf messages that only a server and its phones need."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.protobufs import without_go_library

with without_go_library():
    from neonize.proto.waE2E import WAWebProtobufsE2E_pb2 as e2e
    from neonize.proto.waHistorySync import WAWebProtobufsHistorySync_pb2 as history
    from neonize.proto.waServerSync import WAWebProtobufsServerSync_pb2 as server_sync
    from neonize.proto.waSyncAction import WAWebProtobufSyncAction_pb2 as sync_action

__all__ = ["e2e", "history", "server_sync", "sync_action"]
