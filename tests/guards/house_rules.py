#!/usr/bin/env python3
"""The rules of the house that a machine can see. One rule is one ctest test: house_rules.py ROOT RULE."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOMS = ("app", "ui", "core", "inference")
TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "app", "ui", "core", "inference", "resources", "tests",
             "packaging"}
QT = re.compile(r'#include\s*<Q[A-Z]')
TORCH = re.compile(r'#include\s*[<"](torch|ATen|c10)/')
FFMPEG = re.compile(r'#include\s*<lib(av|sw)')
NOTHING = re.compile(r'(?!)')


def sources(root, folders=ROOMS, suffixes=(".cpp", ".h")):
    for folder in folders:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in suffixes)


def length(root):
    """No source file is longer than 400 lines."""
    for path in sources(root, ROOMS + ("tests",), (".cpp", ".h", ".py")):
        if "goldens" in path.parts:
            continue
        count = len(path.read_text().splitlines())
        if count > 400:
            yield f"{path.relative_to(root)} has {count} lines: split it by meaning"


def includes(root):
    """Rooms include only what their floor may know."""
    forbidden = {"core": (QT, TORCH), "ui": (TORCH, FFMPEG), "inference": (QT, FFMPEG)}
    for room, patterns in forbidden.items():
        for path in sources(root, (room,)):
            rules = patterns
            if room == "core" and path.relative_to(root).parts[1] not in ("media", "export"):
                rules = patterns + (FFMPEG,)
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if any(rule.search(line) for rule in rules):
                    yield f"{path.relative_to(root)}:{number}: {line.strip()} doesn't belong into {room}"


def floors(root):
    """Includes run one way: app -> ui -> core <- inference <- app."""
    may = {"core": {"core"}, "ui": {"ui", "core"}, "inference": {"inference", "core"}, "app": set(ROOMS)}
    for room, allowed in may.items():
        for path in sources(root, (room,)):
            for match in re.finditer(r'#include "(\w+)/', path.read_text()):
                if match[1] in ROOMS and match[1] not in allowed:
                    yield f"{path.relative_to(root)} includes from {match[1]}/"


def own_header_first(root):
    """A source file includes its own header first, which shows that the header compiles alone."""
    for path in sources(root, suffixes=(".cpp",)):
        header = path.with_suffix(".h")
        first = re.search(r'#include ["<]([^">]+)', path.read_text())
        if header.exists() and (not first or first[1] != str(header.relative_to(root))):
            yield f"{path.relative_to(root)} doesn't include {header.relative_to(root)} first"


def top_level(root):
    """The top level is the card's."""
    listed = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True)
    if listed.returncode != 0:
        print("not a git checkout: skipped")
        sys.exit(77)
    for name in sorted({line.split("/")[0] for line in listed.stdout.splitlines()}):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield f"{name} doesn't belong on the top level"


def bench_tables(root):
    """Tables in the README that tests/bench/tables.py makes are whole, and it still makes them."""
    sections = re.search(r"^SECTIONS = \((.*)\)$", (root / "tests/bench/tables.py").read_text(), re.M)
    readme = (root / "README.md").read_text()
    names = re.findall(r'"(\w+)"', sections[1])
    for name in re.findall(r"<!-- bench:(\w+) -->", readme):
        if name not in names:
            yield f"README.md: nobody makes the table {name}"
    for name in set(re.findall(r"<!-- /?bench:(\w+) -->", readme)):
        places = re.findall(rf"<!-- bench:{name} -->\n(.*?)\n<!-- /bench:{name} -->", readme, re.S)
        if len(places) != 1:
            yield f"README.md: the table {name} has {len(places)} places"
            continue
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in places[0].splitlines()]
        if len(rows) < 3 or set(rows[1]) != {"---"} or len({len(row) for row in rows}) != 1:
            yield f"README.md: the table {name} is broken"
        elif not all(all(row) and any(re.search(r"\d", cell) for cell in row[1:]) for row in rows[2:]):
            yield f"README.md: the table {name} has an empty place, or a row without a figure"


def formatting(root):
    """Every source file is as clang-format writes it."""
    if not shutil.which("clang-format"):
        print("clang-format isn't installed: skipped")
        sys.exit(77)
    files = [str(path) for path in sources(root, ROOMS + ("tests",)) if "goldens" not in path.parts]
    ran = subprocess.run(["clang-format", "--dry-run", *files], capture_output=True, text=True)
    for path in sorted(set(re.findall(r"^(.*?):\d+:\d+: warning: code should be clang-formatted", ran.stderr, re.M))):
        yield f"{Path(path).relative_to(root)}: run clang-format -i"


def main():
    root, rule = Path(sys.argv[1]).resolve(), sys.argv[2]
    broken = list(globals()[rule](root))
    print("\n".join(broken) or f"{rule}: kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
