"""The rules: pure functions over plain records, the rulebook and today.

Standard library only; nothing here reads a clock, a file (but `book.load`) or a database. Each module that a
phone needs has a twin in `pwa/src/rules` that gives the same verdicts (`tests/parity` compares them).
"""
