#!/usr/bin/env python3
"""Makes the tables of the README: measures on this machine, shows them, and writes those that have markers there.

    tests/bench/tables.py --build build/release --python /tmp/bench/bin/python            all of them
    tests/bench/tables.py --build build/release --only starter,caches --readme README.md

--python is one with torch and diffusers, as tests/bench/diffusers/compare.py wants it. With --keep FOLDER models with random
weights, and the rows of tables that take long, are kept between calls; with --seconds nothing more is begun after that time, and
the next call goes on. Close other programs: with other load on the cores the figures say little.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCALING = [("480x256", 33), ("832x480", 33), ("832x480", 81), ("1280x704", 33), ("1280x704", 81), ("1280x704", 121)]
STEPS = 2
PARTS = [f"{part}-{dtype}" for part in ("dit", "text", "vae") for dtype in ("float32", "bfloat16")]


def table_of(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def answer(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def forget(file):
    """The system's copy of a file in memory goes: the next reader waits for the disk."""
    with open(file, "rb") as opened:
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_time(file):
    block = bytearray(1 << 24)
    begin = time.perf_counter()
    with open(file, "rb", buffering=0) as opened:
        while opened.readinto(block):
            pass
    return time.perf_counter() - begin


def kept_bytes(file):
    """What a file's float32 tensors are in 16 bits, but for the table of embeddings, of which rows are looked up in the file."""
    with open(file, "rb") as opened:
        header = json.loads(opened.read(int.from_bytes(opened.read(8), "little")))
    return sum((entry["data_offsets"][1] - entry["data_offsets"][0]) // 2 for name, entry in header.items()
               if name != "__metadata__" and name != "shared.weight")


class Bench:
    def __init__(self, arguments):
        self.build, self.python, self.threads = arguments.build, arguments.python, arguments.threads
        self.rounds, self.runs = arguments.rounds, arguments.runs
        self.clock, self.parts = arguments.clock, arguments.parts.split(",")
        self.over = time.monotonic() + arguments.seconds
        self.keep = arguments.keep or pathlib.Path(tempfile.mkdtemp(prefix="kinora-tables-"))
        self.keep.mkdir(parents=True, exist_ok=True)
        self.cli = self.build / "app" / "kinora-cli"
        self.programs = self.build / "tests" / "bench"

    def may_begin(self):
        if time.monotonic() > self.over:
            print("The time is over; the next call with the same --keep goes on.")
            sys.exit(75)

    def bench_of_cli(self, *more):
        return json.loads(answer([self.cli, "bench", "--json", "--quiet", "--runs", self.rounds, "--threads", self.threads, *more]))

    def diffusers(self):
        """Time and peak memory of each part beside diffusers'."""
        parts, markdown = [], self.keep / "diffusers.md"
        for part, dtype in (row.split("-") for row in self.parts):
            kept = self.keep / f"diffusers-{part}-{dtype}.json"
            if not kept.exists():
                self.may_begin()
                answer([self.python, HERE / "diffusers" / "compare.py", "--engine", self.programs / "kinora_bench_engine", "--parts", part,
                        "--dtypes", dtype, "--rounds", self.rounds, "--runs", self.runs, "--threads", self.threads,
                        "--clock", self.clock, "--folder", self.keep / "parts", "--markdown", markdown])
                rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in markdown.read_text().splitlines()[2:]]
                kept.write_text(json.dumps({"clock": self.clock, "threads": self.threads, "rows": rows}))
            found = json.loads(kept.read_text())
            told = f" (time of the processor, {found['threads']} thread)" if found["clock"] == "processor" else ""
            parts += [[*row[:10], told] for row in found["rows"]]
        names = {"dit step": "DiT step, 1.3B shape, 3 layers, 2,550 tokens", "dit load": "its load",
                 "text encode": "text encoder, 2 layers of UMT5-XXL, 512 tokens", "text prompt": "the same for a prompt of 64 tokens, padded to 512",
                 "text load": "its load", "vae decode": "VAE decode, 9 frames 192×128", "vae encode": "VAE encode, the same", "vae load": "its load"}
        order = list(names)
        parts.sort(key=lambda row: (order.index(row[0]), ["float32", "bfloat16", "int8"].index(row[1])))
        steps = {row[1]: row for row in parts if row[0] == "dit step"}
        if "int8" in steps and "bfloat16" in steps:
            steps["int8"][10] += f"; {float(steps['int8'][2]) / float(steps['bfloat16'][2]):.2f} of bfloat16's time"
        head = ["what", "type", "Kinora", "diffusers", "preloaded", "Kinora / diffusers", "Kinora / preloaded", "peak, MiB", "peak / diffusers"]
        rows = [[names[row[0]] + row[10], row[1], *(f"{float(value):.2f} s" for value in row[2:5]), row[5], row[6], f"{row[7]} / {row[8]}", row[9] or "–"]
                for row in parts if not row[0].endswith("load") or row[1] != "int8"]
        return table_of(head, rows)

    def loading(self):
        """Loading a part from the disk beside reading its file."""
        sys.path.insert(0, str(HERE / "diffusers"))
        import compare

        rows = []
        for part, name in (("dit", "DiT, 1.3B shape, 3 layers"), ("text", "text encoder, 2 layers of UMT5-XXL")):
            folder = self.keep / "parts" / f"{part}-float32"
            if not folder.exists():
                answer([self.python, HERE / "diffusers" / "compare.py", "--engine", self.programs / "kinora_bench_engine", "--parts", part,
                        "--dtypes", "float32", "--rounds", 1, "--runs", 1, "--folder", self.keep / "parts"])
            file = next(folder.glob("*.safetensors"))
            reading, loading, peaks = [], {}, {}
            for _ in range(max(self.rounds, 3)):
                forget(file)
                reading.append(read_time(file))
                for dtype in ("float32", "bfloat16"):
                    forget(file)
                    result, peak = compare.run([self.programs / "kinora_bench_engine", "part", part, "dtype", dtype, "threads", str(self.threads),
                                                "runs", "0", "folder", str(folder)], {})
                    loading.setdefault(dtype, []).append(result["load"])
                    peaks.setdefault(dtype, []).append(peak["load"])
            read = statistics.median(reading)
            for dtype, how in (("float32", "as stored, mapped"), ("bfloat16", "float32 converted to bfloat16")):
                seconds, peak = statistics.median(loading[dtype]), max(peaks[dtype])
                kept = kept_bytes(file) if dtype == "bfloat16" else 0
                rows.append([name, how, f"{file.stat().st_size / 1e9:.2f} GB", f"{read:.2f} s", f"{seconds:.2f} s", f"{seconds / read:.2f}",
                             f"{peak / 1e6:.0f} MB", f"{peak / kept:.2f}" if kept else "–"])
        head = ["part", "how", "file", "reading it", "loading", "loading / reading", "memory of its own, at most", "/ weights kept"]
        return table_of(head, rows)

    def starter(self):
        """The starter's clip, stage by stage."""
        found = self.bench_of_cli()
        names = {"load": "loading", "text": "text encoder", "sample": "sampling, 20 steps with guidance", "step": "a step of it",
                 "decode": "decoding", "total": "in all, the program's start aside"}
        rows = [[names[stage], f"{seconds:.3f} s", f"{min(run[stage] for run in found['runs']):.3f} s"]
                for stage, seconds in found["median"].items() if stage in names]
        recipe = found["recipe"]
        head = [f"starter, {recipe['frames']} frames {recipe['width']}×{recipe['height']}, {recipe['dtype']}, {recipe['threads']} threads",
                "median", "best"]
        return table_of(head, rows)

    def caches(self):
        """Step caches: time saved, likeness to the exact clip."""
        found = self.bench_of_cli("--caches")
        rows = [[name, f"{100 * found[name]['saved']:.0f} %", f"{found[name]['psnr']:.1f} dB"] for name in ("balanced", "fast")]
        return table_of(["`--cache`", "time saved in sampling the starter's clip", "PSNR to the exact clip"], rows)

    def precisions(self):
        """Precisions: time, likeness to the clip in bfloat16."""
        found = self.bench_of_cli("--precisions")
        rows = [[name, f"{found[name]['ratio']:.2f}", f"{found[name]['psnr']:.1f} dB"] for name in ("int8", "float32")]
        return table_of(["`--precision`", "time of sampling the starter's clip / bfloat16", "PSNR to bfloat16"], rows)

    def previews(self):
        """What previews cost beside a step."""
        if not (self.keep / "parts" / "dit-bfloat16").exists():
            self.diffusers()
        found = json.loads(answer([self.programs / "kinora_bench_preview", "folder", self.keep / "parts" / "dit-bfloat16", "threads", self.threads]))
        rows = []
        for kind, name in (("map", "linear map"), ("taehv", "TAEHV")):
            one = found[kind]
            rows.append([name, f"{1000 * one['seconds']:.0f} ms" if one["previews"] else "–", f"{one['previews']} of {one['steps']}",
                         f"{100 * one['share']:.2f} %"])
        return table_of([f"preview beside a step of {found['step']:.1f} s (1.3B shape, 2,550 tokens)", "one preview", "steps that have one",
                         "share of the steps' time"], rows)

    def scaling(self):
        """Time and memory against size and length."""
        sys.path.insert(0, str(HERE))
        import memory

        model, kept = self.keep / "ti2v", self.keep / "scaling.json"
        if not model.exists():
            small = self.build / "goldens" / "pipelines" / "wan22_ti2v" / "model"
            answer([self.programs / "kinora_make_model", model, small, "2", "ti2v"])
        found = json.loads(kept.read_text()) if kept.exists() else {}
        os.environ["XDG_CACHE_HOME"] = str(self.keep / "cache")
        for size, frames in SCALING:
            if f"{size} {frames}" in found:
                continue
            self.may_begin()
            command = memory.command_of(self.cli, model, ["--size", size, "--frames", str(frames), "--steps", str(STEPS), "--guidance", "1",
                                                          "--precision", "bfloat16", "--threads", str(self.threads)])
            plan = memory.explained(command)
            code, peaks, timings, told = memory.measured(command)
            if code:
                sys.exit("\n".join(told))
            found[f"{size} {frames}"] = {"step": timings["sample"] / STEPS, "decode": timings["decode"], "planned": plan["peak_bytes"],
                                         "peak": max(peaks.values())}
            kept.write_text(json.dumps(found))
        rows = []
        for size, frames in SCALING:
            one = found[f"{size} {frames}"]
            width, height = (int(side) for side in size.split("x"))
            tokens = ((frames - 1) // 4 + 1) * (width // 32) * (height // 32)
            rows.append([f"{width}×{height}, {frames} frames", f"{tokens:,}", f"{one['step']:.1f} s", f"{one['decode']:.1f} s",
                         f"{one['planned'] / 1e9:.2f} GB", f"{one['peak'] / 1e9:.2f} GB", f"{one['planned'] / one['peak']:.2f}"])
        head = ["clip", "tokens", "a step, one pass", "decoding", "memory planned", "memory measured", "planned / measured"]
        return table_of(head, rows)


SECTIONS = ("diffusers", "loading", "starter", "caches", "precisions", "previews", "scaling")


def written(readme, name, table):
    """The README with a table between its markers."""
    begin, end = f"<!-- bench:{name} -->\n", f"<!-- /bench:{name} -->"
    if readme.count(begin) != 1 or readme.count(end) != 1:
        print(f"The README has no place for the table {name}; it is only shown.\n")
        return readme
    return re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: begin + table + "\n" + end, readme, flags=re.S)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", default=",".join(SECTIONS))
    parser.add_argument("--threads", type=int, default=max(1, len(os.sched_getaffinity(0))))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=2, help="passes timed in a round of the comparison with diffusers")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall", help="of the comparison with diffusers")
    parser.add_argument("--parts", default=",".join(PARTS), help="of the comparison with diffusers")
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--readme", type=pathlib.Path, default=ROOT / "README.md")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    for name in arguments.only.split(","):
        if name not in SECTIONS:
            sys.exit(f"There is no table {name}; there are {', '.join(SECTIONS)}.")
        table = getattr(bench, name)()
        print(f"{name}\n\n{table}\n", flush=True)
        arguments.readme.write_text(written(arguments.readme.read_text(), name, table))


if __name__ == "__main__":
    main()
