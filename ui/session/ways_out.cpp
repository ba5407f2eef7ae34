#include "ui/session/ways_out.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/session/take_maker.h"

namespace kinora::ui {
namespace {

struct WayText {
    Q_DECLARE_TR_FUNCTIONS(WaysOut)
};

/// A side of a picture of half the area, on the model's grid.
int smaller(int side, int multiple)
{
    return std::max(multiple, static_cast<int>(side * 0.71) / multiple * multiple);
}

core::Error as_small_as_can_be()
{
    return core::make_error(core::ErrorKind::invalid_argument,
                            WayText::tr("It can't be made smaller than it is.").toStdString());
}

}  // namespace

std::vector<WayOut> ways_out(const core::Job& job)
{
    if (job.state != core::JobState::failed || job.kind != k_generate_kind) return {};
    const WayOut size{"smaller", WayText::tr("Smaller size"), WayText::tr("Half of the pixels, and try again")};
    const WayOut length{"shorter", WayText::tr("Shorter"), WayText::tr("Half of the frames, and try again")};
    const WayOut tiles{"tiled", WayText::tr("Decode tiled"),
                       WayText::tr("Make the pictures in tiles, which needs less memory; what is sampled is kept")};
    const WayOut cpu{"cpu", WayText::tr("Use the processor"), WayText::tr("Slower, and needs no graphics card")};
    const WayOut models{"models", WayText::tr("Open Models"), WayText::tr("See what is installed")};
    const WayOut edit{"edit", WayText::tr("Edit…"), WayText::tr("Change prompt, seed and steps, and try again")};
    switch (job.error_kind) {
        case core::ErrorKind::out_of_memory:
            return {size, tiles};
        case core::ErrorKind::device:
            return {cpu};
        case core::ErrorKind::not_found:
            return {models};
        case core::ErrorKind::invalid_argument:
            return {edit};
        case core::ErrorKind::unsupported:
            return {models, edit};
        default:
            return {};
    }
}

core::Result<core::GenerationRequest> changed_request(const core::Job& job, const std::string& way,
                                                      const core::ModelCapabilities& model)
{
    auto request = request_of_job(job.payload);
    if (!request) return request;
    if (way == "smaller") {
        const int width = request->width.value_or(model.default_width);
        const int height = request->height.value_or(model.default_height);
        request->width = smaller(width, model.size_multiple);
        request->height = smaller(height, model.size_multiple);
        if (*request->width == width && *request->height == height) return as_small_as_can_be();
        if (request->origin)
            return core::make_error(core::ErrorKind::invalid_argument,
                                    WayText::tr("A clip that is made from a take has that take's size.").toStdString());
    } else if (way == "shorter") {
        const int frames = request->frames.value_or(model.default_frames);
        request->frames = std::max(1, (frames - 1) / 2 / model.frame_multiple * model.frame_multiple + 1);
        if (*request->frames == frames || request->origin) return as_small_as_can_be();
    } else if (way == "tiled") {
        request->route = "causal-cache";
        request->tiling = "256x256/192x192";
    } else if (way == "cpu") {
        request->device = "cpu";
    }
    return request;
}

}  // namespace kinora::ui
