// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How deep the stack of a processor gets while a model runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace earshot::host {

// At most, in bytes, below whoever calls; interrupts come on top of it. As the firmware's images
// are compiled: link-time optimization makes a few bytes more or less of it in an image with fewer
// kernels, and the image's own figure is in its size.json.
struct StackDepth {
  uint32_t load = 0;       // Model::Load().
  uint32_t set_up = 0;     // Interpreter::AllocateTensors().
  uint32_t inference = 0;  // Interpreter::Invoke().
};

// The processors that there are figures for: "cortex-m0" ...
const std::vector<std::string>& StackTargets();

// What a model takes that needs these kernels, by their C++ names ("kernels::kConv2DInt8"). Nothing
// where the target or a kernel has no figures.
std::optional<StackDepth> FindStackDepth(const std::string& target,
                                         const std::vector<std::string>& kernels);

}  // namespace earshot::host
