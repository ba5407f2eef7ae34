#!/usr/bin/env python3
"""Compares Kinora's engine with diffusers on this machine: the same random weights, the same libtorch version, the same
threads, processes taking turns. Prints a table of medians and ratios (and writes it with --markdown FILE).

    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install torch==2.13.0 diffusers transformers accelerate
    /tmp/bench/bin/python tests/bench/diffusers/compare.py --engine BUILD/tests/bench/kinora_bench_engine

diffusers runs as installed, and once more with mkl_serv_intel_cpu_true preloaded, which lets MKL use its fast kernels on
processors of other makers. With --clock processor the time is that which all threads of a process worked: with --threads 1 a
machine needn't be still for it. Peaks of memory are read from /proc by this process, not by those that are measured: anonymous
memory above what the process had before it loaded the part.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent


def make_parts(folder, layers):
    """Random weights at the released shapes, few layers."""
    import torch
    from diffusers import AutoencoderKLWan, WanTransformer3DModel
    from transformers import UMT5Config, UMT5EncoderModel

    torch.manual_seed(0)

    def fill(model):
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() > 1:
                    parameter.normal_(0, 0.5 / parameter[0].numel() ** 0.5)
        return model

    for dtype, name in ((torch.float32, "float32"), (torch.bfloat16, "bfloat16")):
        if not (folder / f"dit-{name}").exists():
            model = fill(WanTransformer3DModel(num_attention_heads=12, attention_head_dim=128, ffn_dim=8960, num_layers=layers,
                                               text_dim=4096, cross_attn_norm=True))
            model.to(dtype).save_pretrained(folder / f"dit-{name}")
            model = fill(UMT5EncoderModel(UMT5Config(vocab_size=4096, d_model=4096, d_kv=64, d_ff=10240, num_layers=2,
                                                     num_heads=64, feed_forward_proj="gated-gelu")))
            model.to(dtype).save_pretrained(folder / f"text-{name}")
            fill(AutoencoderKLWan()).to(dtype).save_pretrained(folder / f"vae-{name}")


class Watch:
    """Anonymous memory of a process while a phase lasts, sampled from outside it."""

    def __init__(self, pid):
        self.pid, self.phase, self.peaks, self.before = pid, None, {}, None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def anonymous(self):
        try:
            for line in open(f"/proc/{self.pid}/status"):
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) * 1024
        except OSError:
            pass
        return 0

    def run(self):
        while not self.over.wait(0.004):
            if self.phase:
                self.peaks[self.phase] = max(self.peaks.get(self.phase, 0), self.anonymous() - (self.before or 0))


def run(command, env):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **env})
    watch = Watch(process.pid)
    result = None
    for line in process.stdout:
        words = line.split()
        if words[:1] == ["begin"]:
            if words[1] == "load":
                watch.before = watch.anonymous()
            watch.phase = words[1]
        elif words[:1] == ["end"]:
            watch.phase = None
        elif line.startswith("{"):
            result = json.loads(line)
    watch.over.set()
    if process.wait() != 0:
        sys.exit(f"{command[0]} failed")
    return result, watch.peaks


def library(folder):
    source = folder / "intel.c"
    source.write_text("int mkl_serv_intel_cpu_true(void) { return 1; }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", folder / "intel.so", source], check=True)
    return str(folder / "intel.so")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=2, help="passes timed in a process, after one that isn't")
    parser.add_argument("--threads", type=int, default=max(1, len(os.sched_getaffinity(0))))
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--parts", default="dit,text,vae")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--dtypes", default="float32,bfloat16")
    parser.add_argument("--folder", type=pathlib.Path, help="where the weights are kept between calls")
    parser.add_argument("--markdown", type=pathlib.Path)
    arguments = parser.parse_args()
    kept = arguments.folder or pathlib.Path(tempfile.mkdtemp(prefix="kinora-bench-"))
    kept.mkdir(parents=True, exist_ok=True)
    make_parts(kept, arguments.layers)
    preload = library(kept)

    # Latent frames, height and width: 2,550 tokens; a clip of 9 frames of 192 x 128 for the VAE.
    shapes = {"dit": (5, 34, 60), "text": (1, 1, 1), "vae": (3, 16, 24)}
    rows = []
    for part in arguments.parts.split(","):
        for dtype in arguments.dtypes.split(","):
            frames, height, width = shapes[part]
            options = {"part": part, "dtype": dtype, "threads": arguments.threads, "runs": arguments.runs, "frames": frames,
                       "height": height, "width": width, "clock": arguments.clock, "folder": kept / f"{part}-{dtype}"}
            tail = [str(text) for pair in options.items() for text in pair]
            python = [sys.executable, str(HERE / "part.py")] + tail
            sides = {"kinora": ([str(arguments.engine)] + tail, {}), "diffusers": (python, {}),
                     "preloaded": (python, {"LD_PRELOAD": preload})}
            if part == "dit" and dtype == "bfloat16":
                in_int8 = [str(text) for pair in {**options, "dtype": "int8"}.items() for text in pair]
                sides["int8"] = ([str(arguments.engine)] + in_int8, {})
            seconds, peaks = {}, {}
            for _ in range(arguments.rounds):
                for side, (command, env) in sides.items():
                    result, peak = run(command, env)
                    for phase, value in result.items():
                        values = value if isinstance(value, list) else [value]
                        seconds.setdefault((phase, side), []).extend(values)
                        peaks.setdefault((phase, side), []).append(peak.get(phase, 0))
                    time.sleep(0.2)
            for phase in dict.fromkeys(name for name, _ in seconds):
                middle = {side: statistics.median(seconds[phase, side]) for side in sides}
                top = {side: statistics.median(peaks[phase, side]) / 2**20 for side in sides}
                for own in ("kinora", "int8") if "int8" in sides else ("kinora",):
                    others = (middle["diffusers"], middle["preloaded"])
                    rows.append([f"{part} {phase}", "int8" if own == "int8" else dtype, f"{middle[own]:.3f}",
                                 *(f"{other:.3f}" for other in others), *(f"{middle[own] / other:.2f}" for other in others),
                                 f"{top[own]:.0f}", f"{top['diffusers']:.0f}",
                                 f"{top[own] / top['diffusers']:.2f}" if top["diffusers"] else ""])
                    print(" | ".join(rows[-1]), flush=True)
    head = ["what", "type", "Kinora s", "diffusers s", "preloaded s", "ratio", "ratio to preloaded", "Kinora MiB",
            "diffusers MiB", "ratio"]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head)] + rows)
    clock = ", time of the processor" if arguments.clock == "processor" else ""
    print(f"\n{arguments.threads} threads{clock}, medians of {arguments.rounds} rounds of {arguments.runs} passes\n\n{table}")
    if arguments.markdown:
        arguments.markdown.write_text(table + "\n")


if __name__ == "__main__":
    main()
