#!/usr/bin/env python3
"""Makes the application fonts from Debian's `fonts-inter` (SIL Open Font License 1.1, see OFL.txt).

Qt 6.4 cannot switch OpenType features on, so the tabular figures (`tnum`) are put in the place of the proportional
ones. The family is renamed, so that an Inter installed on the machine is never taken instead, and the glyphs are cut down
to Latin, Greek, Cyrillic, punctuation and arrows.

    pip install fonttools && python3 resources/fonts/freeze_figures.py
"""
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/inter")
TARGET = Path(__file__).parent
FAMILY = "Kinora Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold")
RANGES = ((0x20, 0x17F), (0x180, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
          (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF),
          (0x2300, 0x23FF), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF))


def freeze_tabular(font: TTFont) -> None:
    table = font["GSUB"].table
    swaps = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    part = getattr(part, "ExtSubTable", part)
                    swaps.update(part.mapping)
    for cmap in font["cmap"].tables:
        for code, glyph in list(cmap.cmap.items()):
            cmap.cmap[code] = swaps.get(glyph, glyph)


def rename(font: TTFont, weight: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = FAMILY
        elif record.nameID in (2, 17):
            record.string = weight
        elif record.nameID == 4:
            record.string = f"{FAMILY} {weight}"
        elif record.nameID == 6:
            record.string = f"{FAMILY.replace(' ', '')}-{weight}"
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{FAMILY.replace(' ', '')}-{weight}"]
        cff.topDictIndex[0].FamilyName = FAMILY
        cff.topDictIndex[0].FullName = f"{FAMILY} {weight}"


def main() -> None:
    for weight in WEIGHTS:
        font = TTFont(SOURCE / f"Inter-{weight}.otf")
        freeze_tabular(font)
        rename(font, weight)
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
                                 hinting=True, notdef_outline=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        cutter.subset(font)
        font.save(TARGET / f"KinoraInter-{weight}.otf")


if __name__ == "__main__":
    main()
