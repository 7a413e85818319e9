"""Deliver: sealed rows of one store's outbox, sent without a session and vouched for by the phone's signature.

A phone seals every outbox row to the deployment's key when it is written, so that work gets home after a forgotten PIN,
a logout, or on the way to a wipe. Opened rows go the way of a push; the actor is the store's worker. A row from a phone
that is not active, or of a worker who is disabled, is parked, never taken; one that nothing opens is parked whole.
"""
