// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/argument_checks.h"

#include "earshot/runtime/arena.h"

namespace earshot {

Status InvalidNumber(StatusSubject subject, StaticText what, int32_t found, int32_t wanted) {
  return MakeError(StatusCode::kInvalidArgument, {subject}, what, StatusUnit::kCount, found,
                   wanted);
}

Status NotCreated(StatusSubject subject) {
  return MakeError(StatusCode::kFailedPrecondition, {subject}, "Create() has not succeeded"_text);
}

Status CheckRanges(StatusSubject subject, Span<const RangeCheck> checks) {
  for (const RangeCheck& check : checks) {
    if (check.found < check.lowest) {
      return InvalidNumber(subject, check.what, check.found, check.lowest);
    }
    if (check.found > check.highest) {
      return InvalidNumber(subject, check.what, check.found, check.highest);
    }
  }
  return OkStatus();
}

Status CheckMemoryAlignment(StatusSubject subject, Span<uint8_t> memory) {
  constexpr auto kAlignment = static_cast<int32_t>(kArenaAlignment);
  const auto misalignment =
      static_cast<int32_t>(reinterpret_cast<uintptr_t>(memory.data()) % kArenaAlignment);
  if (misalignment == 0) return OkStatus();
  return InvalidNumber(subject, "memory: remainder of its address to the wanted alignment"_text,
                       misalignment, kAlignment);
}

}  // namespace earshot
