"""One part of a model in diffusers, as kinora_bench_engine runs it; started by compare.py."""
import json
import sys
import time

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel
from transformers import UMT5EncoderModel

arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
part, folder = arguments["part"], arguments["folder"]
dtype = getattr(torch, arguments["dtype"])
frames, height, width = (int(arguments[name]) for name in ("frames", "height", "width"))
torch.set_num_threads(int(arguments["threads"]))
clock = time.process_time if arguments.get("clock") == "processor" else time.perf_counter


def timed(phase, work):
    print("begin", phase, flush=True)
    start = clock()
    value = work()
    seconds = clock() - start
    print("end", phase, flush=True)
    return seconds, value


generator = torch.Generator().manual_seed(1)
kind = {"dit": WanTransformer3DModel, "text": UMT5EncoderModel, "vae": AutoencoderKLWan}[part]
result = {}
with torch.inference_mode():
    result["load"], model = timed("load", lambda: kind.from_pretrained(folder, torch_dtype=dtype))
    model.eval()
    if part == "dit":
        latents = torch.randn(1, 16, frames, height, width, generator=generator).to(dtype)
        text = torch.randn(1, 512, 4096, generator=generator).to(dtype)
        step = torch.full((1,), 500)
        passes = {"step": lambda: model(latents, step, text, return_dict=False)}
    elif part == "text":
        ids = torch.randint(model.config.vocab_size, (1, 512), generator=generator)
        mask = torch.ones(1, 512, dtype=torch.long)
        of_prompt = mask.clone()
        of_prompt[:, 64:] = 0  # as WanPipeline gives it: padded, with a mask
        passes = {"encode": lambda: model(ids, mask), "prompt": lambda: model(ids, of_prompt)}
    else:
        latents = torch.randn(1, 16, frames, height, width, generator=generator).to(dtype)
        video = torch.randn(1, 3, (frames - 1) * 4 + 1, height * 8, width * 8, generator=generator).to(dtype)
        passes = {"decode": lambda: model.decode(latents, return_dict=False), "encode": lambda: model.encode(video)}
    for phase, work in passes.items():
        work()
        result[phase] = [timed(phase, work)[0] for _ in range(int(arguments["runs"]))]
print(json.dumps(result))
