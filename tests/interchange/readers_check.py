#!/usr/bin/env python3
"""Reads storyboards with OpenTimelineIO and its adapters and compares every clip's in, out and record time with what the
storyboard's layout says, frame for frame: readers_check.py CASES DTD. Says so and exits with 77 where these aren't installed
(packaging/setup.sh installs them into a folder of its own)."""
import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

cache = os.environ.get("KINORA_CACHE") or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "kinora")
sys.path.insert(0, os.environ.get("KINORA_READERS") or os.path.join(cache, "readers"))
try:
    import opentimelineio as otio
except ImportError:
    print("skipped: the Python library opentimelineio and its adapters aren't installed (packaging/test installs them where it can)")
    sys.exit(77)

counts = {}


class Wrong(Exception):
    pass


def same(kind, what, found, expected):
    counts[kind] = counts.get(kind, 0) + 1
    if found != expected:
        raise Wrong(f"{kind}: {what} is {found}, should be {expected}")


def frames(time, rate):
    """A time as a whole number of frames; anything beside a frame is wrong."""
    value = time.rescaled_to(rate).value
    if abs(value - round(value)) > 1e-4:
        raise Wrong(f"{time} lies between frames")
    return round(value)


def span(range_, rate):
    start = frames(range_.start_time, rate)
    return [start, start + frames(range_.duration, rate)]


def clips_of(track):
    return [item for item in track if isinstance(item, otio.schema.Clip)]


def compare(kind, clips, track, expected, rate, shift=0):
    same(kind, "number of clips", len(clips), len(expected))
    for clip, wanted in zip(clips, expected):
        record = [frame - shift for frame in span(track.range_of_child(clip), rate)]
        same(kind, f"record of {clip.name!r}", record, wanted["record"])
        same(kind, f"source of {clip.name!r}", span(clip.source_range, rate), wanted["source"])


def tracks(timeline, kind):
    return [track for track in timeline.tracks if track.kind == kind]


def check_otio(case, expected, rate, name):
    timeline = otio.adapters.read_from_file(str(case / name))
    video, = tracks(timeline, "Video")
    compare(name.split(".")[1], clips_of(video), video, [clip for clip in expected["clips"] if not clip["gap"]], rate)
    same("otio", "start", frames(timeline.global_start_time, rate), expected["start"])
    for track, places in zip(tracks(timeline, "Audio"), expected["sounds"], strict=True):
        same("otio", "sounds", [span(track.range_of_child(clip), rate) for clip in clips_of(track)], places)
    same("otio", "markers", [frames(marker.marked_range.start_time, rate) for marker in timeline.tracks.markers], expected["markers"])
    shown = [clip for clip in expected["clips"] if not clip["gap"]]
    for clip, wanted in zip(clips_of(video), shown):
        if wanted["takes"]:
            same("otio", f"takes of {clip.name!r}", len(clip.media_references()), wanted["takes"])
    for clip in clips_of(video):
        for reference in clip.media_references().values():
            if isinstance(reference, otio.schema.ExternalReference):
                same("otio", "links", reference.target_url.startswith("Film%201%20media/"), True)


def check_xmeml(case, expected, rate):
    timeline = otio.adapters.read_from_file(str(case / "film.xml"), adapter_name="fcp_xml")
    video, = tracks(timeline, "Video")
    compare("fcp_xml", clips_of(video), video, [clip for clip in expected["clips"] if not clip["gap"]], rate)
    for track, places in zip(tracks(timeline, "Audio"), expected["sounds"], strict=True):
        same("fcp_xml", "sounds", [span(track.range_of_child(clip), rate) for clip in clips_of(track)], places)
    same("fcp_xml", "markers", [frames(marker.marked_range.start_time, rate) for marker in timeline.tracks.markers], expected["markers"])


def check_edl(case, expected, rate):
    timeline = otio.adapters.read_from_file(str(case / "film.edl"), adapter_name="cmx_3600", rate=rate)
    video, = tracks(timeline, "Video")
    compare("cmx_3600", clips_of(video), video, expected["edits"], rate)


def mend_fcpx_adapter(rate):
    """The adapter counts 23.976 frames a second as 23 and cuts products of floats: its arithmetic, not its reading, is replaced."""
    adapter = otio.adapters.from_name("fcpx_xml").module()

    def count(text):
        return 0 if not text else round(Fraction(text.rstrip("s")) * rate)
    adapter.to_rational_time = lambda text, fps: otio.opentime.RationalTime(count(text), float(rate))
    adapter.FcpxXml._format_frame_rate = lambda self, format_id: float(rate)
    adapter.FcpxXml._number_of_frames = lambda self, text, format_id: count(text)


def check_fcpxml(case, expected, rate):
    mend_fcpx_adapter(Fraction(*expected["rate"]))
    read = otio.adapters.read_from_file(str(case / "film.fcpxml"), adapter_name="fcpx_xml")
    timeline = read[0] if isinstance(read, otio.schema.SerializableCollection) else read
    wanted = [clip for clip in expected["clips"] if clip["take"] and not clip["gap"]]
    lanes = {track.name: track for track in timeline.tracks}
    if wanted:
        compare("fcpx_xml", clips_of(lanes["0"]), lanes["0"], wanted, rate, expected["start"])
    for index, places in enumerate(expected["sounds"]):
        track = lanes[str(-1 - index)]
        same("fcpx_xml", "sounds", [[frame - expected["start"] for frame in span(track.range_of_child(clip), rate)] for clip in clips_of(track)], places)


def seconds(text, rate):
    """A time of FCPXML as a whole number of frames."""
    count = Fraction((text or "0s").rstrip("s")) * rate
    if count.denominator != 1:
        raise Wrong(f"{text} lies between frames")
    return count.numerator


def check_auditions(case, expected):
    """Every take of a shot is a pick of its audition, the shown one first and as it is cut."""
    rate = Fraction(*expected["rate"])
    spine = ElementTree.parse(case / "auditions.fcpxml").find(".//spine")
    items = [item for item in spine if item.tag in ("audition", "asset-clip", "gap")]
    wanted = expected["clips"]
    named = [item for item in items if item.tag != "gap"]
    shown = [clip for clip in wanted if clip["take"] and not clip["gap"]]
    same("auditions", "number of clips", len(named), len(shown))
    for item, clip in zip(named, shown):
        picks = list(item) if item.tag == "audition" else [item]
        same("auditions", "takes", len(picks), max(1, clip["takes"]))
        first = seconds(picks[0].get("offset"), rate) - expected["start"]
        start, length = (seconds(picks[0].get(name), rate) for name in ("start", "duration"))
        same("auditions", "record", [first, first + length], clip["record"])
        same("auditions", "source", [start, start + length], clip["source"])


def check_xml(case, dtd):
    if not shutil.which("xmllint"):
        return
    for name in ("film.fcpxml", "auditions.fcpxml"):
        ran = subprocess.run(["xmllint", "--noout", "--dtdvalid", dtd, str(case / name)], capture_output=True, text=True)
        same("xmllint", name, ran.stderr.strip()[:300], "")
    ran = subprocess.run(["xmllint", "--noout", str(case / "film.xml")], capture_output=True, text=True)
    same("xmllint", "film.xml", ran.stderr.strip()[:300], "")


def main():
    cases, dtd = Path(sys.argv[1]), sys.argv[2]
    failed = 0
    folders = sorted((folder for folder in cases.iterdir() if folder.is_dir()), key=lambda folder: int(folder.name))
    for case in folders:
        expected = json.loads((case / "expected.json").read_text())
        rate = float(Fraction(*expected["rate"]))
        for check in (lambda: check_otio(case, expected, rate, "film.otio"), lambda: check_otio(case, expected, rate, "film.otioz"),
                      lambda: check_xmeml(case, expected, rate), lambda: check_edl(case, expected, rate),
                      lambda: check_fcpxml(case, expected, rate), lambda: check_auditions(case, expected), lambda: check_xml(case, dtd)):
            try:
                check()
            except Exception as problem:  # whatever a reader throws is a failure of ours
                failed += 1
                print(f"storyboard {case.name}: {type(problem).__name__}: {problem}")
                if failed > 40:
                    return 1
    print(f"{len(folders)} storyboards, comparisons by reader: " + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    return 1 if failed or len(folders) < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
