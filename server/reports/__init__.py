"""Figures: queries over records by a definition from the rulebook, never stored. Each opens to the records behind it.

`practice.figure` and `practice.records` are asked by the desk and the command line; `small_cells.guard` stands before
whatever leaves the station.
"""
