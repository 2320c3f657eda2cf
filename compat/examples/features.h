// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>

// The spectrogram of samples at 16 kHz as int8[frames][40], in windows of 30 ms, one every 20 ms.
// False: they do not give exactly `feature_count` features.
bool GenerateFeatures(const int16_t* samples, size_t sample_count, int8_t* features,
                      size_t feature_count);
