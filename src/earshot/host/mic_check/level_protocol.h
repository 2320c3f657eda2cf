// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The text that a board's mic-check application sends: one JSON object per line, once a second,
//
//   {"event":"level","time_ms":1000,"samples":16000,"dc":-12,"rms":345,"peak":2100,
//    "clipped":0,"dropped":0}
//
// (here on two). All integers, as in LevelLine; other lines are somebody else's.
#pragma once

#include <string>

#include "earshot/host/audio/level_meter.h"

namespace earshot::host {

enum class LineKind {
  kLevel,
  kDamaged,  // Meant to be a level, but a member is missing or impossible: characters were lost.
  kOther,
};

// Fills `line` when the answer is kLevel.
LineKind ParseLevelLine(const std::string& text, LevelLine* line);

}  // namespace earshot::host
