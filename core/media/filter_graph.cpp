#include "core/media/filter_graph.h"

namespace kinora::media {

bool FilterChain::build(const char* input, const std::string& arguments, const std::string& filters, const char* output)
{
    graph.reset(avfilter_graph_alloc());
    if (!graph) return false;
    graph->nb_threads = 1;
    const AVFilter* from = avfilter_get_by_name(input);
    const AVFilter* to = avfilter_get_by_name(output);
    if (from == nullptr || to == nullptr) return false;
    if (avfilter_graph_create_filter(&source, from, "in", arguments.c_str(), nullptr, graph.get()) < 0) return false;
    if (avfilter_graph_create_filter(&sink, to, "out", nullptr, nullptr, graph.get()) < 0) return false;
    AVFilterInOut* outputs = avfilter_inout_alloc();
    AVFilterInOut* inputs = avfilter_inout_alloc();
    if (outputs != nullptr && inputs != nullptr) {
        *outputs = {av_strdup("in"), source, 0, nullptr};
        *inputs = {av_strdup("out"), sink, 0, nullptr};
    }
    const bool parsed = outputs != nullptr && inputs != nullptr &&
                        avfilter_graph_parse_ptr(graph.get(), filters.c_str(), &inputs, &outputs, nullptr) >= 0;
    avfilter_inout_free(&inputs);
    avfilter_inout_free(&outputs);
    return parsed && avfilter_graph_config(graph.get(), nullptr) >= 0;
}

}  // namespace kinora::media
