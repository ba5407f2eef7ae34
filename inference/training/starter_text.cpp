#include "inference/training/starter_text.h"

#include "inference/training/starter_shape.h"

namespace kinora::training {

inference::Umt5Config starter_text_config()
{
    inference::Umt5Config config;
    config.vocab_size = k_vocabulary;
    config.d_model = 256;
    config.d_kv = 64;
    config.d_ff = 512;
    config.num_heads = 4;
    config.num_layers = 3;
    return config;
}

}  // namespace kinora::training
