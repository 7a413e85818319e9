"""Make the font of the cards: the glyphs their face needs, cut out of Noto Sans SC Regular (OFL).

npm pack @expo-google-fonts/noto-sans-sc && tar xzf *.tgz
pip install fonttools
python scripts/lib/card_font.py package/400Regular/NotoSansSC_400Regular.ttf
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from server.cards.drawing import FONT, WORDS  # noqa: E402  # the root of the clone is known only now

ASCII = "".join(map(chr, range(32, 127)))


def main() -> None:
    """Write the font that the card's words need."""
    options = subset.Options(
        drop_tables=["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "BASE"], name_IDs=[0, 1, 2, 4, 6, 13, 14]
    )
    font = subset.load_font(sys.argv[1], options)
    cut = subset.Subsetter(options)
    cut.populate(text=ASCII + "".join(WORDS))
    cut.subset(font)
    subset.save_font(font, str(FONT), options)


if __name__ == "__main__":
    main()
