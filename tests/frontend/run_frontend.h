// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs a front end over a whole signal.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/frontend/frontend.h"

namespace earshot::test {

struct FrontendRun {
  std::vector<uint16_t> features;        // [frames][channels].
  std::vector<uint32_t> noise_estimate;  // After the last frame.
};

// Feeds `pcm` in chunks whose sizes cycle through `chunks`, into a fresh front end.
FrontendRun RunFrontend(const FrontendTables& tables, int32_t stride,
                        const std::vector<int16_t>& pcm, const std::vector<size_t>& chunks);

}  // namespace earshot::test
