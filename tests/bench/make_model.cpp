// Writes a model with the layout of Wan 2.2 A14B Q4_K and random weights: kinora_make_model FOLDER SMALL_MODEL [LAYERS]
// [FILLED]. For memory.py and for a look at --explain.

#include <cstdio>
#include <cstdlib>

#include "tests/inference/pipeline/synthetic_model.h"

int main(int count, char** texts)
{
    if (count < 3) {
        std::fprintf(stderr, "kinora_make_model FOLDER SMALL_MODEL [LAYERS] [FILLED]\n");
        return 2;
    }
    kinora::tests::SyntheticModel form;
    if (count > 3) form.layers = form.filled = std::atoi(texts[3]);
    if (count > 4) form.filled = std::atoi(texts[4]);
    const auto written = kinora::tests::write_synthetic_model(texts[1], form, texts[2]);
    if (!written) std::fprintf(stderr, "%s\n", written.error().message.c_str());
    return written ? 0 : 1;
}
