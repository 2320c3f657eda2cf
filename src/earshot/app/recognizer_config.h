// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RecognizerConfig: when an average score counts as a word.
#pragma once

#include <cstdint>

namespace earshot {

// The members, their defaults and ranges are those of earshot/app/spotter_settings.inc:
// average_window_ms, threshold, release_threshold, suppression_ms, minimum_count,
// background_labels.
struct RecognizerConfig {
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, ...) type name = fallback;
#include "earshot/app/spotter_settings.inc"
};

}  // namespace earshot
