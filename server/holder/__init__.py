"""What the holder of a card may do from her own phone, without an account: the public page at /C.

By the card alone nothing of hers is shown: whether a card is in force, where the station is, her rights, a rating, a wish
to be called. A one-time code that the desk shows her face to face opens her own page for some minutes: her next day, what
she agreed to, withdrawing it, and asking for her record. docs/threat-model.md says what each of these may give away.
"""
