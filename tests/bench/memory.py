#!/usr/bin/env python3
"""Whether runs take the memory that their plan says: asks kinora-cli for the plan (--explain --json), runs the clip under a
limit of the same size (control group, or RLIMIT_DATA where groups can't be made), samples its anonymous memory from outside
and prints both.

    tests/bench/memory.py --cli BUILD/app/kinora-cli --model FOLDER --limit 8GB -- --size 832x480 --frames 17 --steps 2
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading

UNITS = {"GiB": 2**30, "MiB": 2**20, "GB": 10**9, "MB": 10**6}
GROUPS = pathlib.Path("/sys/fs/cgroup")


def size(text):
    for unit, factor in UNITS.items():
        if text.endswith(unit):
            return int(float(text[: -len(unit)]) * factor)
    return int(text)


class Group:
    """A memory control group of version 1 or 2, or nothing."""

    def __init__(self, limit):
        self.folder = None
        for root, name in ((GROUPS / "memory", "memory.limit_in_bytes"), (GROUPS, "memory.max")):
            folder = root / f"kinora-bench-{os.getpid()}"
            try:
                if not (root / "cgroup.procs").exists():
                    continue
                folder.mkdir()
                (folder / name).write_text(str(limit))
                self.folder = folder
                return
            except OSError:
                if folder.exists():
                    folder.rmdir()

    def enter(self):
        if self.folder:
            (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self):
        if self.folder:
            self.folder.rmdir()


def command_of(cli, model, more):
    return [str(cli), "generate", "--model", str(model), "--prompt", "a boat", "--seed", "1", "--json", *more]


def explained(command):
    """The plan of a run: sentences, peak_bytes, seconds."""
    answer = subprocess.run([*command, "--explain"], capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stderr)
    return json.loads(answer.stdout)


def measured(command, prepare=None):
    """Runs it; gives its exit code, peaks of its anonymous memory by stage, seconds by stage, and what it complained of."""
    peaks, over, stage, told = {}, threading.Event(), ["loading"], []
    with tempfile.TemporaryDirectory() as scratch:
        process = subprocess.Popen([*command, "-o", scratch + "/clip/"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=prepare)

        def watch():
            while not over.wait(0.01):
                try:
                    for line in open(f"/proc/{process.pid}/status"):
                        if line.startswith("RssAnon:"):
                            peaks[stage[0]] = max(peaks.get(stage[0], 0), int(line.split()[1]) * 1024)
                except OSError:
                    return

        def follow():
            for line in process.stderr:
                words = line.split("%")
                if len(words) > 1:
                    stage[0] = words[1].strip().split(" ")[0]
                else:
                    told.append(line.rstrip())

        threads = [threading.Thread(target=watch), threading.Thread(target=follow)]
        for thread in threads:
            thread.start()
        out = process.stdout.read()
        code = process.wait()
        over.set()
        for thread in threads:
            thread.join()
    return code, peaks, json.loads(out)["timings"] if code == 0 else {}, told


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--limit", required=True)
    parser.add_argument("--within", type=float, help="fail where the plan's peak is further from the measured one, as a share of it")
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    rest = [word for word in arguments.rest if word != "--"]
    command = command_of(arguments.cli, arguments.model, ["--memory-limit", arguments.limit, *rest])
    plan = explained(command)
    print("\n".join(plan["plan"]))

    group = Group(size(arguments.limit))
    how = f"control group {group.folder}" if group.folder else "RLIMIT_DATA (control groups can't be made here)"

    def prepare():
        if group.folder:
            group.enter()
        else:
            resource.setrlimit(resource.RLIMIT_DATA, (size(arguments.limit) * 2, size(arguments.limit) * 2))

    code, peaks, timings, told = measured(command, prepare)
    group.remove()
    print("\n".join(told))
    peak = max(peaks.values())
    print(f"limit {arguments.limit} by {how}; exit code {code}")
    print("measured by stage: " + ", ".join(f"{name} {value / 1e9:.2f} GB" for name, value in peaks.items()))
    print(f"planned {plan['peak_bytes'] / 1e9:.2f} GB, measured {peak / 1e9:.2f} GB, planned / measured {plan['peak_bytes'] / peak:.2f}")
    if code == 0:
        print(f"planned {plan['seconds']:.0f} s; " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in timings.items()))
    if code == 0 and arguments.within is not None and abs(plan["peak_bytes"] / peak - 1) > arguments.within:
        sys.exit(f"The plan is more than {100 * arguments.within:.0f} % beside what was measured.")
    sys.exit(code)


if __name__ == "__main__":
    main()
