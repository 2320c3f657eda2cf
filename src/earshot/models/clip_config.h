// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ClipConfig: how programs that label clips ask a model.
#pragma once

#include <cstdint>

namespace earshot {

// As in the manifest. Streams are heard without it.
struct ClipConfig {
  int32_t tail_ms = 0;  // Of silence to hear after a clip, so that a word at its end is answered.
  int32_t average_ms =
      0;  // Over which scores are averaged before they are compared; 0: not at all.
};

}  // namespace earshot
