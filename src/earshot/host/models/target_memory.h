// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model takes of a target's memory, part by part.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host/models/model_report.h"
#include "earshot/host/models/stack_depth.h"

namespace earshot::host {

// This machine, with the kernels that run here, beside the processors of StackTargets().
constexpr char kHostTarget[] = "host";

std::vector<std::string> MemoryTargets();

struct TargetMemory {
  std::string target;
  size_t arena = 0;       // What an interpreter's arena takes: what persists, and what is shared.
  size_t persistent = 0;  // Records of operators, constants of kernels, state, variables.
  size_t shared = 0;      // Activations and scratch buffers, each for a while.
  // What is in use of the shared part while the operator `peak` runs, when it is most.
  std::string peak;
  uint64_t activations = 0;
  uint64_t scratch = 0;
  // The most that any operator takes for scratch buffers, and which; 0: none does.
  uint64_t most_scratch = 0;
  std::string scratch_operator;
  std::optional<StackDepth> stack;  // Nothing where it is not known.
};

// Precondition: the report, for that target, says that the model runs.
TargetMemory MeasureTargetMemory(const ModelReport& report, const std::string& target);

// Some lines, and the same for programs.
std::string TargetMemoryText(const TargetMemory& memory);
nlohmann::ordered_json TargetMemoryJson(const TargetMemory& memory);

}  // namespace earshot::host
