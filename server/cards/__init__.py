"""Service cards: signed QR cards that say nothing but "this is a card of some programme, in force from then to then".

A card is a random 16-byte id, a version, the day it was issued and the day it ends, signed by a card key (COSE_Sign1,
ES256) and printed unlinked. It names no one: linking it to a person is a record that a worker makes in her presence.
`payload` is the format, `keys` signs, `sheets` numbers what is printed, `printing` draws it, `revoking` and `listing`
tell phones, in a signed and numbered list in the `ref` feed, which keys are good and which cards are not.
"""
