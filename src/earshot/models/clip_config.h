// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ClipConfig: how programs that label clips ask a model.
#pragma once

#include <cstdint>

namespace earshot {

// Streams are heard without it. The members, their defaults and ranges are those of
// earshot/app/spotter_settings.inc: tail_ms, average_ms.
struct ClipConfig {
#define EARSHOT_CLIP_SETTING(type, name, fallback, ...) type name = fallback;
#include "earshot/app/spotter_settings.inc"
};

}  // namespace earshot
