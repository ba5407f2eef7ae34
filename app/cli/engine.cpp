#include "app/cli/engine.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {

std::shared_ptr<inference::WanGenerator> make_engine()
{
    return std::make_shared<inference::WanGenerator>(find_model);
}

}  // namespace kinora::cli
