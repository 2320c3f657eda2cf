// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/ordered_batch.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

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

// Runs `batch` where no thread can be created; returns what it returns.
int RunWithoutThreads(const std::function<int()>& batch) {
  const pid_t child = fork();
  if (child == 0) {
    // The limit does not hold for root.
    if (getuid() == 0 && setuid(65534) != 0) _exit(100);
    const rlimit none = {0, 0};
    if (setrlimit(RLIMIT_NPROC, &none) != 0) _exit(101);
    try {
      std::thread([] {}).join();
      _exit(102);
    } catch (const std::system_error&) {
    }
    _exit(batch());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST(OrderedBatchTest, WithoutAnyThreadTheCallerWorks) {
  const int done = RunWithoutThreads([] {
    int sum = 0;
    RunOrdered<int>(
        10, 8, [](size_t worker, size_t i) { return worker == 0 ? static_cast<int>(i) : 1000; },
        [&](size_t, int result) { sum += result; });
    return sum;
  });
  EXPECT_EQ(done, 45);
}

TEST(OrderedBatchTest, AThreadWithoutMemoryLeavesItsWorkToOthers) {
  for (int repetition = 0; repetition < 50; ++repetition) {
    std::vector<size_t> emitted;
    // Each worker but one finds none, at its first piece of work; they are all in it at once.
    std::atomic<int> started{0};
    RunOrdered<size_t>(
        100, 4,
        [&](size_t worker, size_t i) {
          if (i < 4) {
            ++started;
            while (started < 4) std::this_thread::yield();
          }
          if (worker != 2) throw std::bad_alloc();
          return i;
        },
        [&](size_t i, size_t result) {
          EXPECT_EQ(i, result);
          emitted.push_back(result);
        });
    EXPECT_EQ(emitted.size(), 100u);
  }
}

TEST(OrderedBatchTest, WithoutMemoryForAnybodyItEnds) {
  const auto work = [](size_t, size_t) -> int { throw std::bad_alloc(); };
  EXPECT_THROW(RunOrdered<int>(100, 4, work, [](size_t, int) {}), std::bad_alloc);
}

}  // namespace
}  // namespace earshot::host
