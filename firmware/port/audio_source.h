// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioSource: where a board's microphone samples come from.
//
// A facade: these functions are declared here and defined once per board, by its family; the build
// links that one definition. A driver fills blocks from an interrupt (a DMA's half and complete
// events, or a timer), the application takes them in its main loop; AudioQueue
// (firmware/port/audio_queue.h) is what lies between the two.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::port {

// Samples are 16-bit, mono, and come at this rate as exactly as the board's clocks can make it;
// board.h states the error.
constexpr uint32_t kAudioRateHz = 16000;
// 10 ms: the shortest stride of the field's front ends.
constexpr size_t kAudioBlockSamples = 160;

// Starts the microphone. Null: blocks will come. Else static text that says what went wrong, and
// nothing comes. Once; there is no way to stop.
const char* StartAudio();

// The oldest block that is not released, or an empty span: there is none yet. It stays valid until
// ReleaseAudioBlock().
Span<const int16_t> NextAudioBlock();

// Gives the block of NextAudioBlock() back to the driver. Precondition: there is one.
void ReleaseAudioBlock();

// Blocks that are waiting, the one of NextAudioBlock() included.
size_t WaitingAudioBlocks();

// Blocks that were lost since StartAudio() because the application came too late. Wraps.
uint32_t AudioOverruns();

// Whether no block will come any more. A microphone never ends; a recording that an emulated board
// plays does.
bool AudioEnded();

}  // namespace earshot::port
