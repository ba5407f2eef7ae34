#include "inference/training/scenes/contact_sheet.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace kinora::training {
namespace {

constexpr int k_bar = 18;

/// The fonts of OpenCV know only ASCII, so German letters are written out.
std::string ascii(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            out += text[i];
        } else if (byte == 0xc3 && i + 1 < text.size()) {
            switch (static_cast<unsigned char>(text[++i])) {
                case 0xa4:
                    out.append("ae");
                    break;
                case 0xb6:
                    out.append("oe");
                    break;
                case 0xbc:
                    out.append("ue");
                    break;
                case 0x84:
                    out.append("Ae");
                    break;
                case 0x96:
                    out.append("Oe");
                    break;
                case 0x9c:
                    out.append("Ue");
                    break;
                case 0x9f:
                    out.append("ss");
                    break;
                default:
                    out += '?';
            }
        }
    }
    return out;
}

std::vector<int> picks(int frames, int count)
{
    std::vector<int> out;
    const int last = frames - 1;
    for (int i = 0; i < count && frames > 0; ++i)
        out.push_back(count == 1 ? last / 2 : last * i / (count - 1));
    return out;
}

void write_caption(cv::Mat& cell, const std::string& caption)
{
    const double size = 0.4;
    std::string text = ascii(caption);
    int baseline = 0;
    while (text.size() > 3 && cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, size, 1, &baseline).width > cell.cols - 8) {
        text.resize(text.size() - 4);
        text.append("...");
    }
    cv::putText(cell, text, {4, k_bar - 5}, cv::FONT_HERSHEY_SIMPLEX, size, cv::Scalar(232, 232, 232), 1, cv::LINE_AA);
}

bool same_form(const SheetClip& a, const SheetClip& b)
{
    if (a.frames.size() != b.frames.size()) return false;
    return std::equal(a.frames.begin(), a.frames.end(), b.frames.begin(),
                      [](const core::Picture8& x, const core::Picture8& y) {
                          return x.width == y.width && x.height == y.height && x.rgb.size() == y.rgb.size();
                      });
}

}  // namespace

SheetClip sheet_clip(const DrawnClip& clip, std::string caption, int count)
{
    SheetClip out{std::move(caption), {}};
    for (const int index : picks(clip.frames, count)) {
        core::Picture8 picture{clip.height, clip.width, {}};
        picture.rgb.assign(clip.frame(index), clip.frame(index) + clip.frame_size());
        out.frames.push_back(std::move(picture));
    }
    return out;
}

SheetClip sheet_clip(const core::FrameSequence& clip, std::string caption, int count)
{
    SheetClip out{std::move(caption), {}};
    for (const int index : picks(clip.frames, count)) {
        core::Picture8 picture{clip.height, clip.width, {}};
        picture.rgb.reserve(clip.frame_size());
        for (const float value : clip.frame(index)) {
            picture.rgb.push_back(static_cast<unsigned char>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F));
        }
        out.frames.push_back(std::move(picture));
    }
    return out;
}

core::Picture8 contact_sheet(std::span<const SheetClip> clips, const SheetLayout& layout)
{
    const auto first = std::find_if(clips.begin(), clips.end(), [](const SheetClip& clip) { return !clip.frames.empty(); });
    if (first == clips.end()) return {};
    const cv::Size frame(std::max(1, cvRound(first->frames[0].width * layout.scale)),
                         std::max(1, cvRound(first->frames[0].height * layout.scale)));
    const int columns = std::max(1, layout.columns);
    const int rows = (static_cast<int>(clips.size()) + columns - 1) / columns;
    const int cell_width = frame.width * static_cast<int>(first->frames.size());
    const int cell_height = frame.height + k_bar;
    cv::Mat sheet(rows * (cell_height + layout.gap) - layout.gap, columns * (cell_width + layout.gap) - layout.gap, CV_8UC3,
                  cv::Scalar(22, 22, 24));
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const int column = static_cast<int>(i) % columns;
        const int row = static_cast<int>(i) / columns;
        cv::Mat cell =
            sheet(cv::Rect(column * (cell_width + layout.gap), row * (cell_height + layout.gap), cell_width, cell_height));
        write_caption(cell, clips[i].caption);
        if (!same_form(clips[i], *first)) continue;
        for (std::size_t f = 0; f < clips[i].frames.size(); ++f) {
            const core::Picture8& picture = clips[i].frames[f];
            const cv::Mat source(picture.height, picture.width, CV_8UC3, const_cast<unsigned char*>(picture.rgb.data()));
            cv::Mat target = cell(cv::Rect(static_cast<int>(f) * frame.width, k_bar, frame.width, frame.height));
            cv::resize(source, target, frame, 0, 0, layout.scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        }
    }
    core::Picture8 out{sheet.rows, sheet.cols, {}};
    out.rgb.assign(sheet.data, sheet.data + sheet.total() * 3);
    return out;
}

}  // namespace kinora::training
