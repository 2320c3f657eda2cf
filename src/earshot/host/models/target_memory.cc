// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/target_memory.h"

#include <fmt/format.h>

#include <algorithm>

#include "earshot/host/console/terminal_text.h"

namespace earshot::host {
namespace {

// What is in use while an operator runs.
uint64_t InUse(const ArenaMap& map, size_t op, bool is_scratch) {
  uint64_t bytes = 0;
  for (const ArenaBuffer& buffer : map.buffers) {
    if (buffer.is_scratch == is_scratch && buffer.first <= op && op <= buffer.last) {
      bytes += buffer.bytes;
    }
  }
  return bytes;
}

}  // namespace

std::vector<std::string> MemoryTargets() {
  std::vector<std::string> targets = StackTargets();
  targets.emplace_back(kHostTarget);
  return targets;
}

TargetMemory MeasureTargetMemory(const ModelReport& report, const std::string& target) {
  const ArenaMap& map = report.arena;
  TargetMemory memory;
  memory.target = target;
  memory.arena = report.arena_bytes;
  memory.persistent = report.persistent_bytes;
  memory.shared = report.arena_bytes - report.persistent_bytes;
  for (size_t i = 0; i < map.operators.size(); ++i) {
    const uint64_t scratch = InUse(map, i, true);
    if (scratch <= memory.most_scratch) continue;
    memory.most_scratch = scratch;
    memory.scratch_operator = map.operators[i];
  }
  if (!map.operators.empty()) memory.peak = map.operators[map.peak];
  memory.activations = InUse(map, map.peak, false);
  memory.scratch = InUse(map, map.peak, true);
  memory.stack = FindStackDepth(target, report.kernels);
  return memory;
}

std::string TargetMemoryText(const TargetMemory& memory) {
  std::string text = fmt::format(
      "Memory on {}, in bytes:\n"
      "  arena        {}: {} persistent, {} shared\n"
      "  activations  {} at the peak of what is shared, {}\n"
      "  scratch      {} then",
      memory.target, memory.arena, memory.persistent, memory.shared, memory.activations,
      Visible(memory.peak), memory.scratch);
  text += memory.most_scratch == 0 ? "; no operator has any\n"
                                   : fmt::format("; most, {}, has {}\n", memory.most_scratch,
                                                 Visible(memory.scratch_operator));
  if (!memory.stack) return text + "  stack        not known\n";
  return text + fmt::format(
                    "  stack        at most {} to load, {} to set up, {} for an inference, below "
                    "the caller and without interrupts\n",
                    memory.stack->load, memory.stack->set_up, memory.stack->inference);
}

nlohmann::ordered_json TargetMemoryJson(const TargetMemory& memory) {
  nlohmann::ordered_json json = {{"target", memory.target},
                                 {"arena", memory.arena},
                                 {"persistent", memory.persistent},
                                 {"shared", memory.shared},
                                 {"peak", memory.peak},
                                 {"activations", memory.activations},
                                 {"scratch", memory.scratch},
                                 {"most_scratch", memory.most_scratch},
                                 {"scratch_operator", memory.scratch_operator}};
  if (memory.stack) {
    json["stack"] = {{"load", memory.stack->load},
                     {"set_up", memory.stack->set_up},
                     {"inference", memory.stack->inference}};
  }
  return json;
}

}  // namespace earshot::host
