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


def edl_seeds():
    yield "TITLE: Film\nFCM: NON-DROP FRAME\n\n001  S001T001 V     C        00:00:01:00 00:00:03:00 01:00:00:00 01:00:02:00\n* FROM CLIP NAME: Harbour\n" \
          "* SOURCE FILE: media/001.mov\n* LOC: 01:00:01:00 GREEN   look\n\n002  S001T001 V     C        00:00:03:00 00:00:03:00 01:00:02:00 01:00:02:00\n" \
          "002  S002T001 V     D    012 00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00\n* FROM CLIP NAME: Harbour\n* TO CLIP NAME: Sea\n\n" \
          "003  BL       V     C        00:00:00:00 00:00:01:00 01:00:04:00 01:00:05:00\n* DIP TO BLACK OF 12 FRAMES AT THE START\n"
    yield "TITLE: Drop\nFCM: DROP FRAME\n001  AX       B     C        00:00:00;00 00:01:00;02 01:00:00;00 01:01:00;02\nM2   AX       012.5                00:00:00:00\n" \
          "002  AX       AA/V  C        0 24 100 124\n003  AX       V     W001 010 0 24 124 148\n"


def otio_seeds(resources):
    def time(value, rate=24.0):
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": rate}

    def span(start, length):
        return {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(start), "duration": time(length)}

    def clip(name, media, kinora=None):
        return {"OTIO_SCHEMA": "Clip.2", "name": name, "source_range": span(4, 20), "metadata": {"kinora": kinora} if kinora else {}, "markers": [],
                "active_media_reference_key": "DEFAULT_MEDIA", "media_references": {"DEFAULT_MEDIA": media}}
    file = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "media/a%20b.mov", "available_range": span(0, 48),
            "metadata": {"kinora": {"take": "t1", "anchor": 4, "first": 2, "frames": 33, "rate": "12/1"}}}
    dissolve = {"OTIO_SCHEMA": "Transition.1", "transition_type": "SMPTE_Dissolve", "in_offset": time(3), "out_offset": time(4), "metadata": {}}
    project = json.loads((resources / "sample" / "project.json").read_text())
    shots = [dict(shot, takes=shot.get("takes", [])[:1]) for shot in project["shots"][:2]]
    children = [clip("a fox", {"OTIO_SCHEMA": "MissingReference.1"}), dissolve, {"OTIO_SCHEMA": "Gap.1", "source_range": span(0, 10)}]
    children += [clip("ours", file, {"written": {"source": [4, 24], "into": None, "out_of": None}, "shot": json.dumps(shot)}) for shot in shots]
    sound = {"OTIO_SCHEMA": "Track.1", "kind": "Audio", "children": [{"OTIO_SCHEMA": "Gap.1", "source_range": span(0, 5)}, clip("sea", file)]}
    marker = {"OTIO_SCHEMA": "Marker.2", "name": "look", "marked_range": span(3, 1), "metadata": {"kinora": {"id": "m1"}}}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [{"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": children}, sound], "markers": [marker]}
    document = {key: value for key, value in project.items() if key not in ("shots", "sound_tracks")}
    yield json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "T", "global_start_time": time(86400), "tracks": stack, "metadata": {"kinora": {"rate": "24/1", "project": document}}})
    old = {"OTIO_SCHEMA": "Clip.1", "name": "b", "source_range": span(0, 9), "media_reference": dict(file, target_url="../../x.mov")}
    yield json.dumps({"OTIO_SCHEMA": "SerializableCollection.1", "children": [{"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": [
        {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [old]}]}}]})


def otioz_seeds(resources):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            archive.writestr("version.txt", "1.0.0")
            archive.writestr("content.otio", list(otio_seeds(resources))[-1])
            archive.writestr("media/a.mov", b"pictures")
        yield packed.getvalue()


def metadata_seeds():
    recipe = json.dumps({"format": 1, "prompt": "a boat", "model": "starter", "seed": 7, "width": 320, "height": 192, "frames": 33, "rate": "12/1", "steps": 20})
    packet = ("<x:xmpmeta><rdf:Description><kinora:recipe>" + recipe.replace('"', "&quot;") + "</kinora:recipe></rdf:Description></x:xmpmeta>").encode()
    yield packet
    box = struct.pack(">I", 24 + len(packet)) + b"uuid" + bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet
    yield struct.pack(">I", 16) + b"ftypisom\0\0\0\0" + box
    text = b"XML:com.adobe.xmp\0\0\0\0\0" + packet
    yield b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17) + struct.pack(">I", len(text)) + b"iTXt" + text + bytes(4) + bytes(4) + b"IEND" + bytes(4)
    yield b"II*\0" + struct.pack("<I", 8) + struct.pack("<HHHIII", 1, 700, 1, len(packet), 26, 0) + packet
    chunks = b"VP8X" + struct.pack("<I", 10) + bytes(10) + b"XMP " + struct.pack("<I", len(packet)) + packet
    yield b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks
    yield b"GIF89a" + bytes(7) + b"\x21\xff\x0bXMP DataXMP" + packet + b"\x01" + bytes(range(255, -1, -1)) + b"\0;"


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
    for target, found in (("otioz", otioz_seeds(resources)), ("metadata", metadata_seeds())):
        for index, data in enumerate(found):
            yield target, f"{index:03}.bin", data
    texts = (("extra_paths", yaml_seeds()), ("prompt", prompt_seeds(goldens)), ("job_queue", job_seeds(resources)),
             ("edl", edl_seeds()), ("otio", otio_seeds(resources)),
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
