// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/stack_depth.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace earshot::host {
namespace {

struct Target {
  const char* name;
  uint32_t load;
  uint32_t set_up;   // Without any kernel.
  uint32_t prepare;  // What lies above a kernel's prepare function ...
  uint32_t invoke;   // ... and above its invoke function.
};

#define EARSHOT_STACK_KERNEL(...)
#define EARSHOT_STACK_TARGET(...) {__VA_ARGS__},
constexpr Target kTargets[] = {
#include "earshot/host/models/stack_table.inc"
};

struct Row {
  const char* symbol;
  uint32_t bytes[2 * std::size(kTargets)];  // Of prepare, then of invoke, for each target.
};

#define EARSHOT_STACK_TARGET(...)
#define EARSHOT_STACK_KERNEL(symbol, ...) {symbol, {__VA_ARGS__}},
constexpr Row kRows[] = {
#include "earshot/host/models/stack_table.inc"
};

}  // namespace

const std::vector<std::string>& StackTargets() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const Target& target : kTargets) found.emplace_back(target.name);
    return found;
  }();
  return names;
}

std::optional<StackDepth> FindStackDepth(const std::string& target,
                                         const std::vector<std::string>& kernels) {
  const std::vector<std::string>& names = StackTargets();
  const auto column =
      static_cast<size_t>(std::find(names.begin(), names.end(), target) - names.begin());
  if (column == names.size()) return std::nullopt;
  const Target& runtime = kTargets[column];
  StackDepth depth = {runtime.load, runtime.set_up, runtime.invoke};
  for (const std::string& kernel : kernels) {
    const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                   [&](const Row& other) { return kernel == other.symbol; });
    if (row == std::end(kRows)) return std::nullopt;
    depth.set_up = std::max(depth.set_up, runtime.prepare + row->bytes[2 * column]);
    depth.inference = std::max(depth.inference, runtime.invoke + row->bytes[2 * column + 1]);
  }
  return depth;
}

}  // namespace earshot::host
