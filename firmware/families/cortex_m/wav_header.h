// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Finds the samples in a WAV file: 16-bit PCM, mono, 16 kHz, nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::cortex_m {

// How much of a file's beginning ParseWavHeader() looks at.
constexpr size_t kWavHeaderBytes = 256;

struct WavData {
  size_t begin = 0;  // In the file.
  size_t bytes = 0;
};

// Null, and `*data` is set; or static text that says what is wrong.
const char* ParseWavHeader(Span<const uint8_t> header, WavData* data);

}  // namespace earshot::cortex_m
