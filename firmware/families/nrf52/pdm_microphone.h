// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the vector table and the tests need of the PDM microphone; applications use
// firmware/port/audio_source.h.
#pragma once

#include <cstdint>

#include "firmware/port/audio_source.h"

namespace earshot::nrf {

// Where the peripheral writes, in turns.
extern int16_t g_pdm_buffers[2][port::kAudioBlockSamples];

// Blocks after the start that are thrown away, 100 ms: the microphone powers up, and the
// peripheral's filters take hold.
constexpr uint32_t kPdmSettlingBlocks = 10;

}  // namespace earshot::nrf

extern "C" void PdmHandler();
