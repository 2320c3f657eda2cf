// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The field's common configuration, FrontendConfig{}, as constants in flash.
#pragma once

#include "earshot/base/span.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// 16 kHz, windows of 30 ms, 40 channels over 125..7500 Hz, with noise reduction, PCAN and
// logarithm.
extern const FrontendTables kStandardTables;

// round(2^16 * (log2(1 + i/128) - i/128)) for i = 0..128, and a zero behind: the same in every
// configuration.
constexpr int kLogTableEntries = 130;
extern const uint16_t kLogTable[kLogTableEntries];

}  // namespace earshot
