// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/ordered_batch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <stdexcept>
#include <string>

namespace earshot::host {
namespace {

// Work whose duration has nothing to do with its index.
size_t Spin(size_t i) {
  std::mt19937 random(static_cast<uint32_t>(i));
  const size_t rounds = random() % 3000;
  for (size_t round = 0; round < rounds; ++round) random();
  return i * 3;
}

TEST(OrderedBatchTest, ResultsComeInOrder) {
  for (const size_t jobs : {1, 2, 7, 64}) {
    std::vector<size_t> results;
    RunOrdered<size_t>(
        1000, jobs, [](size_t, size_t i) { return Spin(i); },
        [&](size_t i, size_t result) {
          EXPECT_EQ(i, results.size());
          results.push_back(result);
        });
    ASSERT_EQ(results.size(), 1000u);
    for (size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i], i * 3);
  }
}

TEST(OrderedBatchTest, NothingToDo) {
  RunOrdered<int>(
      0, 4, [](size_t, size_t) { return 1; }, [](size_t, int) { FAIL(); });
}

TEST(OrderedBatchTest, ResultsAheadAreBounded) {
  constexpr size_t kJobs = 3;
  std::atomic<size_t> begun{0};
  size_t most = 0;
  RunOrdered<int>(
      500, kJobs,
      [&](size_t, size_t) {
        ++begun;
        return 0;
      },
      [&](size_t i, int) { most = std::max(most, begun - i); });
  using Batch = OrderedBatch<int, int (*)(size_t, size_t), void (*)(size_t, int)>;
  EXPECT_LE(most, Batch::kAheadPerJob * kJobs + 1);
}

TEST(OrderedBatchTest, AWorkerWorksOnOneThingAtATime) {
  constexpr size_t kJobs = 4;
  std::atomic<int> busy[kJobs] = {};
  RunOrdered<int>(
      2000, kJobs,
      [&](size_t worker, size_t i) {
        EXPECT_EQ(busy[worker]++, 0);
        Spin(i);
        return --busy[worker];
      },
      [](size_t, int busy_after) { EXPECT_EQ(busy_after, 0); });
}

TEST(OrderedBatchTest, ErrorsEndEverything) {
  const auto fail_at_100 = [](size_t, size_t i) {
    if (i == 100) throw std::runtime_error("work");
    return i;
  };
  EXPECT_THROW(RunOrdered<size_t>(100000, 4, fail_at_100, [](size_t, size_t) {}),
               std::runtime_error);
  const auto fail = [](size_t i, size_t) {
    if (i == 10) throw std::string("emit");
  };
  EXPECT_THROW(RunOrdered<size_t>(
                   100000, 4, [](size_t, size_t i) { return i; }, fail),
               std::string);
}

}  // namespace
}  // namespace earshot::host
