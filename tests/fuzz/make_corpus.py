#!/usr/bin/env python3
"""Seeds for the fuzz targets, made from the reference fixtures: make_corpus.py GOLDENS RESOURCES OUT. One folder a target."""
import io
import json
import pickle
import shutil
import struct
import sys
import types
import zipfile
from pathlib import Path

LARGEST = 64 * 1024


def safetensors(tensors, metadata=None):
    """A file from (name, dtype, shape, bytes) tuples."""
    header, offset = ({"__metadata__": metadata} if metadata else {}), 0
    for name, dtype, shape, data in tensors:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(data for *_, data in tensors)


def thinned(file):
    """A safetensors file with its names and types, but sides of at most 2, so that it is small and whole."""
    data = file.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__", None)
    width = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "BF16": 2, "F16": 2}
    tensors = []
    for name, entry in list(header.items())[:40]:
        shape = [min(side, 2) for side in entry["shape"]]
        count = width.get(entry["dtype"], 1)
        for side in shape:
            count *= side
        tensors.append((name, entry["dtype"], shape, bytes(count)))
    return safetensors(tensors, metadata)


def pth(entries):
    """A file as torch.save writes it, made without torch: a zip with a pickle that names storages, and the storages."""
    for name in ("torch", "torch._utils"):
        sys.modules.setdefault(name, types.ModuleType(name))
    torch, utils = sys.modules["torch"], sys.modules["torch._utils"]

    def rebuild(*_):
        raise AssertionError("only its name is written")

    rebuild.__name__ = rebuild.__qualname__ = "_rebuild_tensor_v2"
    rebuild.__module__ = "torch._utils"
    utils._rebuild_tensor_v2 = rebuild
    for kind in ("FloatStorage", "HalfStorage", "BFloat16Storage"):
        setattr(torch, kind, type(kind, (), {"__module__": "torch"}))

    class Storage:
        def __init__(self, key, kind, count):
            self.key, self.kind, self.count = key, kind, count

    class Tensor:
        def __init__(self, storage, shape):
            self.storage, self.shape = storage, shape

        def __reduce__(self):
            stride = tuple([int(self.storage.count / self.shape[0])] + [1] * (len(self.shape) - 1))
            return rebuild, (self.storage, 0, self.shape, stride, False, {})

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            if isinstance(value, Storage):
                return ("storage", getattr(torch, value.kind), value.key, "cpu", value.count)
            return None

    files, state = {}, {}
    for index, (name, kind, shape) in enumerate(entries):
        count = 1
        for side in shape:
            count *= side
        storage = Storage(str(index), kind, count)
        state[name] = Tensor(storage, shape)
        files[str(index)] = bytes(count * (4 if kind == "FloatStorage" else 2))
    pickled = io.BytesIO()
    Pickler(pickled, protocol=2).dump(state)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", pickled.getvalue())
        archive.writestr("archive/version", "3\n")
        for key, data in files.items():
            archive.writestr(f"archive/data/{key}", data)
    return out.getvalue()


def yaml_seeds():
    yield "comfyui:\n    base_path: /home/artist/ComfyUI/\n    is_default: true\n    checkpoints: models/checkpoints/\n" \
          "    diffusion_models: |\n        models/diffusion_models\n        models/unet\n    vae: models/vae/\n"
    yield "# comment\na111:\n  base_path: \"C:\\\\stable diffusion\"\n  loras: |-\n    models/Lora\n    models/LyCORIS\n" \
          "  vae: 'it''s here'\n\nother:\n  clip_vision: [a, b]\n"
    yield "flat: value\n- list\n\tx: tab\n"
    yield "a: &anchor\n  b: *anchor\n"


def prompt_seeds(goldens):
    yield "A small sailing boat drifts (slowly:1.3) across a calm harbour at {dusk|dawn|}, $hero __place__. [1-2s] Gold (a (b:0.5):1.2)"
    yield "[0-24f] start [24f-end] end \\(escaped\\) $self {a|{b|c}} (x:4) (y:1.2345)"
    yield "{{{((([1–2s]__a_b__$é:1.)"
    for entry in json.loads((goldens / "tokenizer" / "prompts.json").read_text())["prompts"]:
        yield entry["prompt"]


def job_seeds(resources):
    recipes = [file.read_text() for file in (resources / "sample").rglob("*.json") if file.name != "project.json"]
    request = {"model_id": "starter", "prompt_text": "a boat", "prompt": [{"text": "a boat", "weight": 1.2, "first_frame": 0, "end_frame": -1}],
               "loras": [{"file": "/l.safetensors", "weight": 0.5}], "conditioning": [{"frame": 0, "source": "a.png", "sha256": ""}],
               "width": 320, "height": 192, "frames": 33, "rate": "12/1", "seed": 7, "steps": 20, "guidance": 4.0, "shift": 3.0, "sampler": "unipc"}
    job = {"id": "3zyqg2ftuqxm", "kind": "generate", "title": "a boat", "project": "/p", "shot": "qjh25ojy5mtf", "payload": json.dumps(request),
           "state": "failed", "error": "No.", "error_kind": 3, "result": "", "created": 1, "started": 2, "finished": 3}
    yield json.dumps({"format": 1, "jobs": [job, dict(job, id="ixoq6jtleki5", state="waiting")]})
    yield json.dumps(request)
    yield from recipes


def configs(goldens):
    for name in ("config.json", "scheduler_config.json", "model_index.json", "tokenizer_config.json", "preprocessor_config.json"):
        yield from sorted(goldens.rglob(name))
    yield from sorted((goldens / "gguf").glob("*.json"))


def seeds(goldens, resources):
    """(target, name, bytes) of every seed."""
    hostile = goldens / "hostile"
    for file in sorted(hostile.glob("safetensors/*")) + sorted(hostile.glob("mutated/*")):
        yield "safetensors", file.name, file.read_bytes()
    for file in sorted((goldens / "single_file").glob("*.safetensors")) + sorted((goldens / "fp8").glob("*.safetensors")):
        yield "safetensors", file.name, thinned(file)
    for file in sorted(hostile.glob("gguf/*")) + sorted((goldens / "gguf").glob("*.gguf")):
        yield "gguf", file.name, file.read_bytes()
    for file in sorted((goldens / "lora").glob("*.safetensors")):
        yield "lora", file.name, thinned(file)
    for file in sorted(goldens.rglob("*.model")):
        yield "tokenizer", file.parent.name + ".model", file.read_bytes()
    for index, file in enumerate(configs(goldens)):
        yield "model_config", f"{index:03}.json", file.read_bytes()
    whole = pth([("patch_embedding.weight", "FloatStorage", (2, 3)), ("blocks.0.norm.bias", "BFloat16Storage", (4,))])
    yield "pth", "small.pth", whole
    yield "pth", "cut.pth", whole[:-40]
    for index, pickled in enumerate((pickle.dumps({"a": [1, 2.5, None, True, "x" * 300, (b"y",)]}, protocol=2),
                                     pickle.dumps({"evil": print}, protocol=2), b"\x80\x02}q\x00.")):
        yield "pth", f"pickle_{index}.pkl", pickled
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a/data.pkl", pickled)
        yield "pth", f"pickle_{index}.pth", packed.getvalue()
    texts = (("extra_paths", yaml_seeds()), ("prompt", prompt_seeds(goldens)), ("job_queue", job_seeds(resources)),
             ("project", [(resources / "sample" / "project.json").read_text()]))
    for target, found in texts:
        for index, text in enumerate(found):
            yield target, f"{index:03}.txt", text.encode(errors="surrogatepass")


def main():
    goldens, resources, out = (Path(argument) for argument in sys.argv[1:4])
    shutil.rmtree(out, ignore_errors=True)
    count = 0
    for target, name, data in seeds(goldens, resources):
        if len(data) > LARGEST:
            continue
        (out / target).mkdir(parents=True, exist_ok=True)
        (out / target / name).write_bytes(data)
        count += 1
    print(f"{count} seeds")


if __name__ == "__main__":
    main()
