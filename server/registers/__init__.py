"""Import of a township's register (Excel): read the workbook, say what changes, write it as events.

`workbook.read` is pure and streams; `load.import_register` writes. A row that cannot be taken is left out with a
stable code, the rest goes in; a file that is broken or hostile is refused whole and nothing changes.
"""
