"""The desk's use cases: finding a person, her page, what waits for a decision, the records behind a figure, villages.

The station sees its township and nothing beside it; whatever opens a person leaves a row in the audit log.
"""
