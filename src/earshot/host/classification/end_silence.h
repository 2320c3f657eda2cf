// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The silence that is heard behind the end of a sound.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/command_recognizer.h"
#include "earshot/host/models/keyword_model.h"

namespace earshot::host {

// For how long zeros are heard behind a sound that has come to its end, so that a word at its very
// end is announced: until no answer that has heard anything of the sound is in the recognizer's
// average, which is as far back as an answer reaches and the averaging window. In samples at 16
// kHz.
size_t EndSilenceSamples(const KeywordModel& model);

// A detection as it is told of a sound of so many samples: no time is behind its end.
Detection WithinSound(Detection detection, int64_t samples);

}  // namespace earshot::host
