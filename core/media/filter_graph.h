#pragma once

// FFmpeg's filter graphs, owned. Only sources of core/media include this.

#include <cstdint>  // FFmpeg wants its macros

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include <memory>
#include <string>

namespace kinora::media {

struct FreeGraph {
    void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
};

/// A graph with one input and one output. `source` and `sink` belong to the graph.
struct FilterChain {
    std::unique_ptr<AVFilterGraph, FreeGraph> graph;
    AVFilterContext* source = nullptr;
    AVFilterContext* sink = nullptr;

    /// Builds `input → filters → output`: `input` is the name of FFmpeg's source filter ("buffer", "abuffer") with its
    /// arguments, `output` that of its sink. False if FFmpeg doesn't know one of them.
    [[nodiscard]] bool build(const char* input, const std::string& arguments, const std::string& filters,
                             const char* output);
};

}  // namespace kinora::media
