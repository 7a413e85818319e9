"""Sync protocol 1: how what a phone wrote reaches everyone who may have it, exactly once, and what this room promises.

The promise
  1. Nothing a phone recorded is lost. Each event of a push is answered by itself, in one transaction, after its commit:
     `accepted` (maybe with a flag), `duplicate` (a repeat is free), `parked` (kept whole for a person to decide), `fork`
     (same id or same dseq, other content: both kept). Nothing is refused for being old, for its clock, for a lost grant
     or for breaking a rule; one bad item never holds up the rest. A phone keeps an item whose code it does not know.
  2. A feed is (area, audience). Its numbers are dense: they are given out while its counter row is locked, from the
     first statement that touches it to the commit, feeds in sorted order. So whoever sees number n sees 1..n: a poller
     never passes a row that is still being written. `h_n = SHA-256(h_{n-1} ‖ id ‖ digest)[:8]` chains them.
  3. A worker has a feed whole or not at all (`scope`). What a reader may not see was never put into a feed of hers:
     a record whose purpose has no consent goes to its author's own feed only, an imported one to none; a clinical
     record goes whole into `clinical` and as a note that names neither form nor finding into `common`.
  4. Only the server merges. A patch applies field by field where the phone had seen the field's revision (the id of the
     event that set it) or the value is the same; else both values are kept as a conflict. The outcome goes down as `state`.
  5. Withdrawn, erased, moved: the rows are hidden in every feed that had them (place and digest stay, so chains still
     verify), prepared snapshots are thrown away in the same transaction, and a safety journal outside the database
     remembers, so that no restore brings them back. A restored server has a new epoch; phones send again what no
     checked backup is known to hold (`backed_up`).

The wire: push, pull and deliver in `server/api/sync.py`; shapes in SYNC §0 and `server/api/schemas/sync.py`.
  * Deliver needs no session: rows `{id, dseq, sealed}` with the phone's signature over the body (`server/envelopes.py`).
    It answers as push does; from a phone that is not active or for a disabled worker everything new is parked.
  * A push carries the digest of its bytes (Content-Digest, as every answer does): one that was damaged on the way is
    refused whole (400 bad_digest) and goes again, so that nothing is kept bent while its phone counts it as arrived.
  * Any address takes `ask=<mark>`, a new one with each question, and its answer repeats it in the header Suifang-Asked. A
    phone does not believe one that repeats another: a proxy kept it, and it tells how things were.
  * 401 session_asleep: the phone signs what the header Suifang-Asleep names and asks again (`server/waking.py`).
  * A row without `body` was hidden or erased. `hide`, `move` and `reveal` speak of the feed they stand in. A `move` names
    one person, or with `household` alone a household as a whole: all rows about it before are hidden.
  * A feed that is added with a snapshot gets no rows in that answer: take all chunks, then pull again. When a chunk is
    gone (410 snapshot_gone) or a chain does not match, pull with `again=<f>,<f>`: these feeds start anew.
  * A record's schema may end in the number of the county's decision on days that its writer had (`anc/1/3`); all of them
    come down in `ref` as a row of kind `days`, with the advice it confirmed (`server/sync/county_days.py`). Who does not
    know them leaves them out.
  * A `state` that somebody's patch caused carries `actor`, `role` and `t` of the patch and, in `was`, what stood there
    before; snapshots tell a year of those again as `change` rows. Names of actors: `workers` in `server/api/sync.py`.
  * In chunks `persons` name their household, and `records` their person and household, by row number within the chunk
    (or by id when a text); a row's `rev` is null for the chunk's, a text for all its fields, or {field: id, "*": id}.

For other rooms
  * `append.write_events(session, county, drafts, source=…, now=…)` writes through the same pipeline as
    a phone's push. Drafts are events without id, digest and salt (an id may be given).
  * A household moves by a patch of its `area`, a person by one of her `household`; `merging.merge`, `merging.unmerge`,
    `erasing.erase`, `granting.grant`, `granting.revoke`, `granting.announce` (after any other change of grants),
    `deciding.decide_conflict`, `deciding.decide_parked` and `journal.remember` (phone states) take the session of the
    caller's `writing()`; `backup.backup` and `backup.restore` open their own.
  * `log.body_of(event)` opens a stored event's body.
"""
