#include "inference/training/tokenizer_training.h"

#include <sentencepiece_trainer.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "inference/training/starter_shape.h"

namespace kinora::training {

namespace {

class Sentences : public sentencepiece::SentenceIterator {
public:
    explicit Sentences(const std::vector<std::string>& sentences) : sentences_(sentences) {}
    [[nodiscard]] bool done() const override { return at_ == sentences_.size(); }
    void Next() override { ++at_; }
    [[nodiscard]] const std::string& value() const override { return sentences_[at_]; }
    [[nodiscard]] sentencepiece::util::Status status() const override { return {}; }

private:
    const std::vector<std::string>& sentences_;
    std::size_t at_ = 0;
};

}  // namespace

core::Result<void> train_tokenizer(const std::vector<std::string>& sentences, const std::filesystem::path& folder)
{
    // One thread, so that the same sentences give the same pieces.
    const std::string flags = fmt::format(
        "--model_type=unigram --vocab_size={} --hard_vocab_limit=false --byte_fallback=true --character_coverage=1.0 "
        "--split_digits=true "
        "--normalization_rule_name=nmt_nfkc_cf --pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1 --num_threads=1 "
        "--minloglevel=2",
        k_vocabulary);
    Sentences iterator(sentences);
    std::string model;
    const auto status = sentencepiece::SentencePieceTrainer::Train(flags, &iterator, &model);
    if (!status.ok())
        return core::make_error(core::ErrorKind::internal, "the tokenizer could not be trained: " + status.ToString());
    std::filesystem::create_directories(folder);
    if (auto written = core::write_file(folder / "spiece.model", model); !written) return written;
    const nlohmann::json config = {{"tokenizer_class", "T5Tokenizer"},
                                   {"model_max_length", k_caption_tokens},
                                   {"pad_token", "<pad>"},
                                   {"eos_token", "</s>"},
                                   {"unk_token", "<unk>"},
                                   {"extra_ids", 0}};
    return core::write_file(folder / "tokenizer_config.json", config.dump(2) + "\n");
}

}  // namespace kinora::training
