#include "core/models/model_summary.h"

#include <catch2/catch.hpp>
#include <string>

using kinora::core::training_data_in;

TEST_CASE("what a card says of the training data is told without the marks of Markdown", "[models]")
{
    const std::string card =
        "# A model\n\nIt is small.\n\n## Training data\n\nOnly **drawn** scenes (`code/scenes`), see\n[the "
        "drawer](https://example.org/a)\n\n"
        "## Limits\n\nMany.\n";
    CHECK(training_data_in(card) == "Only drawn scenes (code/scenes), see the drawer");
    CHECK(training_data_in("# A model\nNo word of it.\n").empty());
}

TEST_CASE("an endless line in a card costs neither the stack nor the list's room", "[models]")
{
    const std::string card = "# Training data\n" + std::string(4'000'000, '[') + "\n";
    CHECK(training_data_in(card).size() <= 600);
}
