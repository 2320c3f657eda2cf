// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Listens to a microphone of this computer, to judge it.
#pragma once

#include <cstddef>
#include <functional>

#include "earshot/host/listening/audio_source.h"
#include "earshot/host/mic_check/microphone_judge.h"

namespace earshot::host {

// Gives the judge so many seconds of sound, one line each, and the rate by this computer's clock
// where that is long enough to know it (then it may hear on for a moment). `tell`: called with the
// seconds that were heard so far, after each. Throws DeviceError when the microphone is gone; if
// the judge has lines then, it knows of that.
void HearMicrophone(AudioSource* source, size_t seconds, const std::function<void(size_t)>& tell,
                    MicrophoneJudge* judge);

}  // namespace earshot::host
