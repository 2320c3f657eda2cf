// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The last stage: from amplitude to its logarithm, the feature.
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// ln(value) in Q16. Precondition: value > 0.
uint32_t NaturalLog(uint32_t value);

// 2^scale_shift * ln(value), rounded. Precondition: value > 1.
uint32_t ScaledLog(uint32_t value, int scale_shift);

// features[c] = ScaledLog(signal[c] * 2^correction_bits), 0 up to 1, at most 65535; without the
// logarithm just signal[c], at most 65535.
void ApplyLog(const LogTables& tables, Span<const uint32_t> signal, Span<uint16_t> features);

}  // namespace earshot
