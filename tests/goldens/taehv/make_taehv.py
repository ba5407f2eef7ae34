"""Writes taehv.safetensors: what the published TAEHV (github.com/madebyollin/taehv, taehv.py beside this file or on PYTHONPATH)
decodes with weights that a formula gives, for tests/inference/pipeline/taehv_test.cpp, which knows the same formula.

    pip install torch numpy safetensors tqdm && PYTHONPATH=FOLDER_OF_TAEHV python make_taehv.py
"""
import pathlib

import numpy
import torch
from safetensors.torch import save_file
from taehv import TAEHV


def values(name, shape, bound):
    """Numbers within ±bound that depend on the name and their place only."""
    seed = 2166136261
    for letter in name.encode():
        seed = (seed ^ letter) * 16777619 % 2**32
    x = (numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) + numpy.uint64(seed)) * numpy.uint64(2654435761) % numpy.uint64(2**32)
    x ^= x >> numpy.uint64(16)
    x = x * numpy.uint64(2246822519) % numpy.uint64(2**32)
    x ^= x >> numpy.uint64(13)
    return torch.from_numpy(((x.astype(numpy.float64) / 2**32 - 0.5) * 2 * bound).astype(numpy.float32)).view(*shape)


def main():
    out = {}
    for name, channels, patch, size in (("taew2_1", 16, 1, (2, 3, 4)), ("taew2_2", 48, 2, (2, 2, 3))):
        model = TAEHV(checkpoint_path=None, patch_size=patch, latent_channels=channels).eval()
        weights = {}
        for key, parameter in model.state_dict().items():
            fan_in = parameter[0].numel() if parameter.dim() > 1 else 16
            weights[key] = values(key, tuple(parameter.shape), (3 / fan_in) ** 0.5)
        model.load_state_dict(weights)
        latents = values(name, (1, channels, *size), 2.0)
        with torch.no_grad():
            frames = model.decode_video(latents.transpose(1, 2), show_progress_bar=False)
        out[name] = frames[0].contiguous()
        print(name, frames.shape, frames.mean().item(), frames.std().item())
    save_file(out, pathlib.Path(__file__).parent / "taehv.safetensors")


if __name__ == "__main__":
    main()
