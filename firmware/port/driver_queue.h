// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The one AudioQueue of the image, for audio drivers. Applications use
// firmware/port/audio_source.h.
#pragma once

#include "board.h"
#include "firmware/port/audio_queue.h"

namespace earshot::port {

using AudioQueue = AudioQueueOf<board::kAudioQueueBlocks>;

extern AudioQueue g_audio_queue;

}  // namespace earshot::port
