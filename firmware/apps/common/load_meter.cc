// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/common/load_meter.h"

#include "board.h"
#include "firmware/port/clock.h"

namespace earshot {
namespace {

constexpr uint32_t kTicksPerUs = board::kClockHz / 1'000'000;
static_assert(kTicksPerUs * 1'000'000 == board::kClockHz, "a whole number of ticks in 1 us");

}  // namespace

void LoadMeter::Begin() { begin_ticks_ = port::ClockTicks(); }

void LoadMeter::End(bool late) {
  const uint32_t ticks = port::ClockTicks() - begin_ticks_;
  busy_us_ += ticks / kTicksPerUs;
  if (ticks > longest_ticks_) longest_ticks_ = ticks;
  ++blocks_;
  if (late) ++late_blocks_;
}

uint32_t LoadMeter::TakePermille() {
  const uint32_t now_ms = port::UptimeMs();
  const uint32_t elapsed_ms = now_ms - since_ms_;
  const uint32_t permille = elapsed_ms == 0 ? 0 : busy_us_ / elapsed_ms;
  since_ms_ = now_ms;
  busy_us_ = 0;
  return permille;
}

uint32_t LoadMeter::longest_us() const { return longest_ticks_ / kTicksPerUs; }

}  // namespace earshot
