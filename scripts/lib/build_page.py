"""Build the page if its sources changed: the same step that scripts/run takes."""

from __future__ import annotations

import sys

import page
from places import CannotGoOn

try:
    if not page.built():
        page.build(page.find_node())
except CannotGoOn as error:
    sys.exit(str(error))
