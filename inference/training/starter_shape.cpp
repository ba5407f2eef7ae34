#include "inference/training/starter_shape.h"

namespace kinora::training {

inference::VaeConfig starter_vae_config()
{
    inference::VaeConfig config;
    config.base_dim = 16;
    config.decoder_base_dim = 16;
    config.z_dim = 32;
    config.dim_mult = {1, 2, 4, 4};
    config.num_res_blocks = 1;
    config.temporal_downsample = {false, true, true};
    config.latents_mean.assign(32, 0.0);
    config.latents_std.assign(32, 1.0);
    config.is_residual = true;
    config.in_channels = 12;
    config.out_channels = 12;
    config.patch_size = 2;
    return config;
}

inference::WanDitConfig starter_dit_config()
{
    inference::WanDitConfig config;
    config.num_attention_heads = 4;
    config.attention_head_dim = 64;
    config.in_channels = 32;
    config.out_channels = 32;
    config.text_dim = 256;
    config.ffn_dim = 1024;
    config.num_layers = 8;
    config.rope_max_seq_len = 64;
    return config;
}

}  // namespace kinora::training
