// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From Create() on, the whole way from samples to detections never asks for heap memory.
//
// The linker sends every malloc() and its kin that the program and the libraries of the core call
// through the wrappers below (-Wl,--wrap), and operator new is replaced. Both count while armed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <vector>

#include "earshot/embedded/tiny_conv_yes_no.h"
#include "tests/app/spotter_fixture.h"

namespace {

bool g_armed = false;
int g_allocations = 0;

void Count() {
  if (g_armed) ++g_allocations;
}

}  // namespace

// The linker's names:
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" {
void* __real_malloc(size_t size);
void* __real_calloc(size_t count, size_t size);
void* __real_realloc(void* memory, size_t size);
void* __wrap_malloc(size_t size);
void* __wrap_calloc(size_t count, size_t size);
void* __wrap_realloc(void* memory, size_t size);

void* __wrap_malloc(size_t size) {
  Count();
  return __real_malloc(size);
}
void* __wrap_calloc(size_t count, size_t size) {
  Count();
  return __real_calloc(count, size);
}
void* __wrap_realloc(void* memory, size_t size) {
  Count();
  return __real_realloc(memory, size);
}
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

void* operator new(size_t size) {
  Count();
  void* memory = __real_malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new(size_t size, std::align_val_t alignment) {
  Count();
  void* memory = nullptr;
  if (posix_memalign(&memory, static_cast<size_t>(alignment), size == 0 ? 1 : size) != 0) {
    throw std::bad_alloc();
  }
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

namespace earshot {
namespace {

class Armed {
 public:
  Armed() {
    g_allocations = 0;
    g_armed = true;
  }
  ~Armed() { g_armed = false; }
};

TEST(NoHeapTest, TheWrappersNotice) {
  // Called through volatile pointers: the compiler may leave out allocations it sees through.
  void* (*volatile plain_new)(size_t) = &::operator new;
  void* (*volatile plain_malloc)(size_t) = &std::malloc;
  {
    Armed armed;
    ::operator delete(plain_new(1));
  }
  EXPECT_EQ(g_allocations, 1);
  {
    Armed armed;
    std::free(plain_malloc(1));
  }
  EXPECT_EQ(g_allocations, 1);
}

// Feeds noise to a spotter, armed. Returns the inferences and detections that came of it.
struct Heard {
  bool ok = true;
  int inferences = 0;
  int detections = 0;
};

Heard FeedArmed(Span<const uint8_t> model_bytes, const OperatorResolver& resolver,
                const SpotterConfig& config) {
  const std::vector<int16_t> samples = NoiseBursts(4);
  AlignedBytes memory(1 << 16);
  Heard heard;
  Armed armed;
  Model model;
  KeywordSpotter spotter;
  heard.ok = Model::Load(model_bytes, &model).ok() &&
             KeywordSpotter::Create(model, resolver, config, memory.span(), &spotter).ok();
  for (Span<const int16_t> rest = samples; heard.ok && !rest.empty();) {
    KeywordSpotter::Result result;
    heard.ok = spotter.Feed(rest, &result).ok();
    rest = rest.subspan(result.consumed);
    if (!result.scores.empty()) ++heard.inferences;
    if (result.detection != nullptr) ++heard.detections;
  }
  spotter.Reset();
  return heard;
}

TEST(NoHeapTest, TheWayToADetectionAllocatesNothing) {
  const AlignedBytes bytes = BuildFakeModel({});
  const Heard heard = FeedArmed(bytes.span(), FakeResolver(), StandardConfig());
  EXPECT_TRUE(heard.ok);
  EXPECT_GE(heard.detections, 1);
  EXPECT_EQ(g_allocations, 0);
}

TEST(NoHeapTest, TheShippedModelAllocatesNothing) {
  const Heard heard =
      FeedArmed(kTinyConvYesNo.bytes, kTinyConvYesNo.resolver, kTinyConvYesNo.config);
  EXPECT_TRUE(heard.ok);
  EXPECT_GT(heard.inferences, 100);
  EXPECT_EQ(g_allocations, 0);
}

}  // namespace
}  // namespace earshot
