// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/end_silence.h"

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/models/model_setup.h"

namespace earshot::host {
namespace {}  // namespace

size_t EndSilenceSamples(const KeywordModel& model) {
  const int32_t milliseconds =
      ContextMs(model.model(), model.config()) + model.config().recognizer.average_window_ms;
  return static_cast<size_t>(milliseconds) * kSamplesPerMs;
}

Detection WithinSound(Detection detection, int64_t samples) {
  const int64_t end_ms = samples / kSamplesPerMs;
  detection.start_ms = std::min(detection.start_ms, end_ms);
  detection.end_ms = std::min(detection.end_ms, end_ms);
  detection.time_ms = std::min(detection.time_ms, end_ms);
  return detection;
}

}  // namespace earshot::host
