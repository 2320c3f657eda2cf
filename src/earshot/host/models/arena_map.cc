// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/arena_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "earshot/models/runnable_model.h"

namespace earshot::host {
namespace {

// Whose tensors the plan has: those of the main subgraph, then of the one that sets variables. What
// operators call is in their scratch buffers.
size_t PlannedSubgraphs(const Model& model) { return model.remembers() ? kInitSubgraph + 1 : 1; }

// Operators in the order in which they run: first, once, those that set variables.
std::vector<std::string> Operators(const Model& model) {
  std::vector<std::string> names;
  for (size_t subgraph = PlannedSubgraphs(model); subgraph-- > 0;) {
    for (size_t i = 0; i < model.operator_count(subgraph); ++i) {
      const std::string number =
          subgraph == 0 ? fmt::format("{}", i) : fmt::format("{}.{}", subgraph, i);
      names.push_back(number + " " + OperatorName(model, model.op(subgraph, i)));
    }
  }
  return names;
}

std::vector<std::string> TensorNames(const Model& model) {
  std::vector<std::string> names;
  for (size_t subgraph = 0; subgraph < PlannedSubgraphs(model); ++subgraph) {
    for (size_t i = 0; i < model.tensor_count(subgraph); ++i) {
      names.emplace_back(model.tensor_name(subgraph, i));
    }
  }
  return names;
}

// The first operator while which most is in use.
void FindPeak(ArenaMap* map) {
  for (size_t i = 0; i < map->operators.size(); ++i) {
    uint64_t bytes = 0;
    for (const ArenaBuffer& buffer : map->buffers) {
      if (buffer.first <= i && i <= buffer.last) bytes += buffer.bytes;
    }
    if (bytes <= map->least_bytes) continue;
    map->least_bytes = bytes;
    map->peak = i;
  }
}

}  // namespace

ArenaMap MapArena(const Model& model, const std::vector<PlannedBuffer>& buffers) {
  ArenaMap map;
  map.operators = Operators(model);
  const std::vector<std::string> tensors = TensorNames(model);
  for (size_t i = 0; i < buffers.size(); ++i) {
    const PlannedBuffer& planned = buffers[i];
    if (planned.bytes == 0) continue;
    ArenaBuffer buffer = {"",
                          planned.offset,
                          planned.bytes,
                          planned.first_use,
                          std::min<size_t>(planned.last_use, map.operators.size() - 1),
                          false};
    buffer.is_scratch = i >= tensors.size();
    buffer.name = i < tensors.size() ? tensors[i] : "scratch of " + map.operators[buffer.first];
    map.bytes = std::max(map.bytes, buffer.offset + buffer.bytes);
    map.buffers.push_back(std::move(buffer));
  }
  std::sort(map.buffers.begin(), map.buffers.end(), [](const ArenaBuffer& a, const ArenaBuffer& b) {
    return std::tie(a.first, a.offset) < std::tie(b.first, b.offset);
  });
  FindPeak(&map);
  return map;
}

}  // namespace earshot::host
