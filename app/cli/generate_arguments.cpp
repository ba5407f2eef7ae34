#include "app/cli/generate_arguments.h"
#include "app/cli/enhance_options.h"

namespace kinora::cli {

void add_words(CLI::App& command, GenerateOptions& options)
{
    command.add_option("-p,--prompt", options.prompt, "What the clip shows");
    command.add_option("--negative", options.negative_prompt, "What it should not show");
    command.add_option("-m,--model", options.model, "Name or folder of a model (starter); see \"kinora-cli models list\"");
}

void add_sampling(CLI::App& command, GenerateOptions& options)
{
    command.add_option("--steps", options.steps, "Sampling steps");
    command.add_option("--guidance", options.guidance, "How closely to follow the prompt (1: no guidance, twice as fast)");
    command.add_option("--guidance-mode", options.guidance_mode,
                       "How --negative acts: cfg (a second pass), cfg-zero (CFG-Zero*), or nag (within the attention, also "
                       "for models of few steps, without a second pass)");
    command.add_option("--guidance-low", options.guidance_low, "Guidance of the second, low-noise expert of Wan 2.2 A14B");
    command.add_option("--nag-tau", options.nag_tau, "Limit of attention guidance (2.5)");
    command.add_option("--nag-alpha", options.nag_alpha, "Share of attention guidance, 0 to 1 (0.25)");
    command.add_option("--seed", options.seed, "Number that decides the noise; drawn at random and told if not given");
    command.add_option("--sampler", options.sampler,
                       "unipc, euler, dpmpp (DPM++ 2M), lightx2v or fastwan (fixed steps of distilled models)");
    command.add_option("--shift", options.shift, "Shift of the time steps");
    command.add_flag("--draft", options.draft, "Make a draft in a few steps, several times faster, with models that can");
    command.add_option(
        "--lora", options.loras,
        "LoRA file, or the name of one in \"kinora-cli models list\", with its weight: style.safetensors:0.8; may "
        "be given several times");
    command.add_option("--lora-high", options.loras_high, "The same, only for the high-noise expert of Wan 2.2 A14B");
    command.add_option("--lora-low", options.loras_low, "The same, only for the low-noise expert of Wan 2.2 A14B");
}

void add_how(CLI::App& command, GenerateOptions& options)
{
    command.add_option("--device", options.device, "auto, cpu or cuda:0");
    command.add_option("--precision,--dtype", options.dtype,
                       "auto, float32, bfloat16, or int8 (large matrices in 8 bits: faster, less exact)");
    command.add_option("--threads", options.threads, "Threads of the processor (0: one per core)")
        ->check(CLI::Range(0, 1024).description(""));
    command.add_option("--preset", options.preset, "How video is encoded: h264-review for .mp4, prores-422-hq for .mov ...");
    command.add_option("--latents", options.latents, "Keep the latents in this file (.safetensors)");
    command.add_flag("--overwrite", options.overwrite, "Replace files that exist");
    command.add_flag("--json", options.json, "Print one JSON object: output, recipe, timings");
    command.add_flag("-q,--quiet", options.quiet, "No progress, only errors");
    command.add_option("--cache", options.step_cache,
                       "Leave out passes whose result would hardly differ: off, balanced or fast (off)");
    command.add_option("--memory-limit", options.memory_limit,
                       "Most memory that the run may take, such as 6GB (what is free); files' pages don't count");
    command.add_flag("--explain", options.explain,
                     "Tell what the run would do, stage by stage, with time and memory; make nothing");
    add_enhance_choice(command, options.enhance);
    command.add_option("-o,--output", options.output, "clip.mp4, clip.mov, or a folder for PNG pictures");
}

}  // namespace kinora::cli
