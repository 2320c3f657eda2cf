// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How a packed model slot lies in memory, byte by byte; for its reader and its writer.
//
//   0                header, kSlotHeaderBytes
//   kSlotHeaderBytes     labels: label_count texts, UTF-8, each ended by a zero byte
//                    a zero byte, if the next is not at a multiple of 2
//                    PlanOptions::placed_first: placed_first numbers of 16 bits
//                    zero bytes up to a multiple of 16
//   model_offset     the .tflite file as it is
//                    zero bytes up to a multiple of 16
//   total_bytes      the end; what is behind it in the region does not matter
//
// All other numbers are 32-bit, unsigned and little-endian, at multiples of 4.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot {

constexpr uint32_t kSlotVersion = 1;

// Neither erased flash (0xFF or 0x00) nor the beginning of code, of a .tflite file or of text.
constexpr uint8_t kSlotMagic[8] = {'E', 'S', 'H', '-', 'S', 'L', 'O', 'T'};

// Where the fields of the header begin.
enum SlotOffset : size_t {
  kSlotMagicAt = 0,
  kSlotVersionAt = 8,
  kSlotHeaderBytesAt = 12,
  kSlotTotalBytesAt = 16,
  kSlotBodyCrcAt = 20,  // Of everything behind the header, up to total_bytes.
  kSlotModelOffsetAt = 24,
  kSlotModelBytesAt = 28,
  kSlotLabelsBytesAt = 32,  // Of all labels with their zero bytes.
  kSlotLabelCountAt = 36,
  kSlotFrontendAt = 40,  // Fingerprint of the front end.
  // 44 to 75: settings, where earshot/app/spotter_settings.inc says.
  kSlotSpotterBytesAt = 76,
  kSlotArenaBytesAt = 80,
  kSlotNameAt = 84,     // UTF-8, filled up with zero bytes.
  kSlotSha256At = 116,  // Of the .tflite file.
  kSlotSha256End = 148,
  // What came later; 0 in slots whose packer did not know it.
  // 148 to 151: a setting.
  kSlotPlacedFirstAt = 152,  // How many buffers are placed first.
  // 156 to 159: a setting; 160 to 171: free.
  kSlotHeaderCrcAt = 172,  // Of the header in front of it.
  kSlotHeaderBytes = 176,
};

// Where the settings begin: kSlotSettingsAt.threshold.
struct SlotSettingOffsets {
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) \
  size_t name = slot;
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) \
  size_t name = slot;
#include "earshot/app/spotter_settings.inc"
};
inline constexpr SlotSettingOffsets kSlotSettingsAt = {};

constexpr size_t kSlotNameBytes = kSlotSha256At - kSlotNameAt;
constexpr size_t kSlotSha256Bytes = kSlotSha256End - kSlotSha256At;
constexpr size_t kSlotAlignment = 16;

// A label's longest text, its zero byte included: firmware can print one from a small buffer.
constexpr size_t kSlotMostLabelBytes = 64;

static_assert(kSlotHeaderBytes % kSlotAlignment == 0 && kSlotSha256Bytes == 32 &&
              kSlotNameBytes == 32);

// The standard front end: CRC-32 over the numbers of kStandardTables
// (tests/models/standard_frontend_test.cc computes it). Another front end is another number, so a
// model never hears other features than it was trained on.
constexpr uint32_t kSlotStandardFrontend = 0xFFBB77B5u;
// The log mel front end: the same over kLogMelTables and kLogMelSuperTwiddles.
constexpr uint32_t kSlotLogMelFrontend = 0x13F41E96u;

}  // namespace earshot
