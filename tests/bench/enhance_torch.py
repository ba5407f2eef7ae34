#!/usr/bin/env python3
"""What kinora_bench_enhance times first, in Python: SRVGGNetCompact x4, 64 features, 16 convolutions, frames of 320x192, as
Real-ESRGAN runs it (float32), and with bfloat16 and channels-last. python3 enhance_torch.py [frames] [threads]"""
import sys
import time

import torch
import torch.nn.functional as F

frames = int(sys.argv[1]) if len(sys.argv) > 1 else 33
torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)


class Compact(torch.nn.Module):
    def __init__(self, features=64, convolutions=16, scale=4):
        super().__init__()
        layers = [torch.nn.Conv2d(3, features, 3, 1, 1), torch.nn.PReLU(features)]
        for _ in range(convolutions):
            layers += [torch.nn.Conv2d(features, features, 3, 1, 1), torch.nn.PReLU(features)]
        self.body = torch.nn.Sequential(*layers, torch.nn.Conv2d(features, 3 * scale * scale, 3, 1, 1))
        self.scale = scale

    def forward(self, x):
        return F.pixel_shuffle(self.body(x), self.scale) + F.interpolate(x, scale_factor=self.scale, mode="nearest")


@torch.inference_mode()
def measure(name, net, x):
    net(x)
    clock, cores = time.perf_counter(), time.process_time()
    for _ in range(frames):
        net(x)
    print(f"{name}: {frames} frames in {time.perf_counter() - clock:.2f} s, {time.process_time() - cores:.2f} core seconds")


net, x = Compact().eval(), torch.rand(1, 3, 192, 320)
measure("float32", net, x)
measure("bfloat16, channels-last", net.bfloat16().to(memory_format=torch.channels_last), x.bfloat16().to(memory_format=torch.channels_last))
