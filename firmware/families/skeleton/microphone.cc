// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of a microphone: StartAudio() says that there is none.
//
// A driver fills blocks of kAudioBlockSamples and hands them on through g_audio_queue, from one
// interrupt, every 10 ms: BeginWrite() for room (null: the application is behind, the block is
// lost and counted), EndWrite() when the block is complete.

#include "board.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/driver_queue.h"

namespace earshot {

// Power, pins, the clock that makes 16 kHz (the divider a constexpr function with a test; its error
// is board::kAudioRateErrorPpm), DMA into two buffers in turns, its interrupt, and last of all the
// start. The first blocks, while the microphone settles, are not handed on. Null when blocks will
// come; else what is wrong, in words for the person at the console.
const char* port::StartAudio() { return "no microphone driver yet"; }

// A microphone never ends.
bool port::AudioEnded() { return false; }

}  // namespace earshot
