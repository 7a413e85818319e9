"""Tables, one file a subject. Large tables are keyed by (county, id), so that they can be distributed by county."""

from server.models.area import Area
from server.models.audit import Audit, AuditChain
from server.models.bag import Bag
from server.models.card import CardCount, CardKey, CardList, CardRevocation, CardSheet, CardSighting
from server.models.conflict import Conflict
from server.models.county import CountyWord
from server.models.deployment import Deployment
from server.models.desk import Leave, Pair, Upload
from server.models.event import Event, Parked
from server.models.feed import Feed, FeedRow, Snapshot, SnapshotChunk
from server.models.holder import HolderCode, HolderRequest, Rating, StationFace
from server.models.person import Household, Person
from server.models.phone import Phone, PhoneCode, Store
from server.models.record import Consent, Record
from server.models.seen import Seen
from server.models.share import Share
from server.models.transfer import Peer, Transfer
from server.models.worker import Attempt, Grant, SignIn, Worker

__all__ = [
    "Area", "Attempt", "Audit", "AuditChain", "Bag", "CardCount", "CardKey", "CardList", "CardRevocation", "CardSheet",
    "CardSighting", "Conflict", "Consent", "CountyWord", "Deployment", "Event", "Feed", "FeedRow", "Grant", "HolderCode",
    "HolderRequest", "Household", "Leave", "Pair", "Parked", "Peer", "Person", "Phone", "PhoneCode", "Rating",
    "Record", "Seen", "Share", "SignIn", "Snapshot", "SnapshotChunk", "StationFace", "Store", "Transfer", "Upload",
    "Worker",
]  # fmt: skip
