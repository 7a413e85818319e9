"""A service record goes with a woman who moves, because she asked: she picks, sees exactly what goes, and may take it back.

Nothing is picked beforehand, and of what is picked only the fields that `server/rulebook/transfer.json` names go: nothing
about pregnancies or children unless she picks maternal care. What arrives stays in the transfer until the clerk puts it
into her record there, where her word opens it as any record. Between townships of one server both sides are written in
one transaction; between servers a letter travels as a file, FHIR R4 inside, sealed to the other server and signed by this.
"""
