#include <catch2/catch.hpp>

#include "core/jobs/eta.h"

using namespace kinora::core;

namespace {

EtaEstimator::TimePoint at(double seconds)
{
    return EtaEstimator::TimePoint() +
           std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds));
}

}  // namespace

TEST_CASE("the time left is unknown until a speed was measured")
{
    EtaEstimator eta;
    CHECK(eta.seconds_left(at(0)) == -1);
    eta.report(Stage::loading, 0.0, at(0));
    CHECK(eta.seconds_left(at(5)) == -1);
    eta.report(Stage::loading, 0.0, at(6));
    CHECK(eta.seconds_left(at(6)) == -1);
}

TEST_CASE("steady steps give the exact time left")
{
    EtaEstimator eta;
    for (int step = 0; step <= 5; ++step)
        eta.report(Stage::sampling, 0.1 * step, at(2.0 * step));
    CHECK(eta.seconds_left(at(10)) == Approx(10.0));
    CHECK(eta.seconds_left(at(11)) == Approx(9.0));
}

TEST_CASE("a late report doesn't make the time left run down to nothing")
{
    EtaEstimator eta;
    for (int step = 0; step <= 5; ++step)
        eta.report(Stage::sampling, 0.1 * step, at(2.0 * step));
    CHECK(eta.seconds_left(at(100)) == Approx(8.0));
    CHECK(eta.seconds_left(at(1e6)) == Approx(8.0));
}

TEST_CASE("a new stage is measured anew, with the whole run's speed until then")
{
    EtaEstimator eta;
    eta.report(Stage::loading, 0.0, at(0));
    eta.report(Stage::loading, 0.1, at(10));
    eta.report(Stage::sampling, 0.2, at(20));
    CHECK(eta.seconds_left(at(20)) == Approx(80.0));
    eta.report(Stage::sampling, 0.3, at(21));
    CHECK(eta.seconds_left(at(21)) == Approx(7.0));
}

TEST_CASE("the time left follows when the machine gets slower")
{
    EtaEstimator eta;
    for (int step = 0; step <= 20; ++step)
        eta.report(Stage::sampling, 0.01 * step, at(step));
    for (int step = 1; step <= 20; ++step)
        eta.report(Stage::sampling, 0.2 + 0.01 * step, at(20 + 4 * step));
    CHECK(eta.seconds_left(at(100)) == Approx(240.0));
}

TEST_CASE("nothing is left at the end and nothing is ever negative")
{
    EtaEstimator eta;
    eta.report(Stage::sampling, 0.0, at(0));
    eta.report(Stage::sampling, 0.999, at(10));
    CHECK(eta.seconds_left(at(1000)) >= 0);
    eta.report(Stage::decoding, 7.0, at(11));
    CHECK(eta.seconds_left(at(11)) == 0);
}

TEST_CASE("reports that come back in time or in progress don't confuse it")
{
    EtaEstimator eta;
    eta.report(Stage::sampling, 0.5, at(10));
    eta.report(Stage::sampling, 0.4, at(5));
    eta.report(Stage::sampling, 0.6, at(10));
    CHECK(eta.seconds_left(at(3)) == -1);
}
