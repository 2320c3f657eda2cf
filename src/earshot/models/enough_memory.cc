// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/enough_memory.h"

#include <fmt/format.h>
#include <unistd.h>

#include "earshot/runtime/interpreter.h"

namespace earshot {
namespace {

uint64_t QuarterOfTheMachine() {
  constexpr uint64_t kFallback = uint64_t{1} << 30;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return kFallback;
  return static_cast<uint64_t>(pages) / 4 * static_cast<uint64_t>(page_bytes);
}

uint64_t& Limit() {
  static uint64_t limit = QuarterOfTheMachine();
  return limit;
}

// "1.5 GiB".
std::string Rounded(uint64_t bytes) {
  constexpr double kStep = 1024;
  auto number = static_cast<double>(bytes);
  const char* const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  size_t unit = 0;
  for (; number >= kStep && unit < 6; ++unit) number /= kStep;
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", number, units[unit]);
}

}  // namespace

uint64_t MaxMemory() { return Limit(); }
void SetMaxMemory(uint64_t bytes) { Limit() = bytes; }

std::string WrongWithMemory(uint64_t bytes) {
  if (bytes <= MaxMemory()) return "";
  return fmt::format(
      "needs {} bytes ({}) of memory or more, at most {} ({}) are allowed: --max-memory allows "
      "more",
      bytes, Rounded(bytes), MaxMemory(), Rounded(MaxMemory()));
}

void CheckMemory(const std::string& name, uint64_t bytes) {
  const std::string wrong = WrongWithMemory(bytes);
  if (!wrong.empty()) throw ModelError(name.empty() ? wrong : name + ": " + wrong);
}

Status CreateInEnoughMemory(const std::string& name,
                            const std::function<Status(Span<uint8_t>)>& create,
                            AlignedBytes* memory) {
  size_t bytes = 0;
  for (;;) {
    CheckMemory(name, bytes);
    *memory = AlignedBytes();  // Not both at once.
    *memory = AlignedBytes(bytes);
    const Status status = create(memory->span());
    // A wish that is not larger than what there was would go on for ever.
    const bool grows = status.code == StatusCode::kArenaTooSmall &&
                       static_cast<int64_t>(status.wanted) > static_cast<int64_t>(bytes);
    if (!grows) return status;
    bytes = static_cast<size_t>(status.wanted);
  }
}

Status MeasureArena(const std::string& name, const Model& model, const OperatorResolver& resolver,
                    const PlanOptions& plan, ArenaSize* size) {
  AlignedBytes memory;
  AllocationOptions options;
  options.plan = plan;
  return CreateInEnoughMemory(
      name,
      [&](Span<uint8_t> arena) {
        Interpreter interpreter(model, resolver, arena);
        const Status status = interpreter.AllocateTensors(options);
        *size = {interpreter.arena_used_bytes(), interpreter.persistent_bytes()};
        // Once the plan is made, the rest is certain.
        const bool is_known = status.code == StatusCode::kArenaTooSmall && size->bytes != 0;
        return is_known ? OkStatus() : status;
      },
      &memory);
}

}  // namespace earshot
