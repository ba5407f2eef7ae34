// Writes a model with random weights, for memory.py, tables.py and for a look at --explain:
//   kinora_make_model FOLDER SMALL_MODEL [LAYERS] [FILLED]   the layout of Wan 2.2 A14B Q4_K
//   kinora_make_model FOLDER SMALL_MODEL LAYERS ti2v         that of Wan 2.2 TI2V, as wide as the 1.3B model

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/inference/pipeline/synthetic_model.h"

int main(int count, char** texts)
{
    if (count < 3) {
        std::fprintf(stderr, "kinora_make_model FOLDER SMALL_MODEL [LAYERS] [FILLED | ti2v]\n");
        return 2;
    }
    const bool ti2v = count > 4 && std::string(texts[4]) == "ti2v";
    kinora::tests::SyntheticModel form;
    if (count > 3) form.layers = form.filled = std::atoi(texts[3]);
    if (count > 4) form.filled = std::atoi(texts[4]);
    const auto written = ti2v ? kinora::tests::write_small_ti2v(texts[1], form.layers, texts[2])
                              : kinora::tests::write_synthetic_model(texts[1], form, texts[2]);
    if (!written) std::fprintf(stderr, "%s\n", written.error().message.c_str());
    return written ? 0 : 1;
}
