// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The fingerprint by which a slot knows the standard front end is that of the tables in the image.

#include <gtest/gtest.h>

#include <vector>

#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/slot/crc32.h"
#include "earshot/models/slot/slot_layout.h"
#include "tests/support/original_filterbank.h"

namespace earshot {
namespace {

// Numbers as 32-bit little-endian words, each list with its length in front.
class Words {
 public:
  void Add(int64_t value) {
    for (int i = 0; i < 4; ++i) bytes_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
  template <typename T>
  void AddAll(Span<const T> values) {
    Add(static_cast<int64_t>(values.size()));
    for (const T value : values) Add(value);
  }
  uint32_t crc() const { return Crc32(bytes_); }

 private:
  std::vector<uint8_t> bytes_;
};

template <typename Twiddle>
uint32_t Fingerprint(const FrontendTables& tables, Span<const Twiddle> super_twiddles) {
  const test::OriginalFilterbank bank(tables.filterbank);
  Words words;
  words.Add(tables.sample_rate_hz);
  words.AddAll(tables.window);
  words.Add(tables.fft.size);
  for (const Twiddle& twiddle : super_twiddles) {
    words.Add(twiddle.re);
    words.Add(twiddle.im);
  }
  words.Add(tables.filterbank.channels);
  words.Add(tables.filterbank.first_bin);
  words.Add(tables.filterbank.end_bin);
  words.AddAll<int16_t>(bank.first_bins);
  words.AddAll<int16_t>(bank.first_weights);
  words.AddAll<int16_t>(bank.widths);
  words.AddAll<int16_t>(bank.falling);
  words.AddAll<int16_t>(bank.rising);
  words.Add(tables.noise_reduction.smoothing_bits);
  words.Add(tables.noise_reduction.even_smoothing);
  words.Add(tables.noise_reduction.odd_smoothing);
  words.Add(tables.noise_reduction.min_signal_remaining);
  words.AddAll(tables.pcan.gains);
  words.Add(tables.pcan.snr_shift);
  words.Add(tables.log.enabled ? 1 : 0);
  words.Add(tables.log.scale_shift);
  words.Add(tables.log.correction_bits);
  words.AddAll(Span<const uint16_t>(kLogTable));
  return words.crc();
}

uint32_t Fingerprint(const FrontendTables& tables) {
  return Fingerprint(tables, tables.fft.super_twiddles);
}

TEST(StandardFrontendTest, FingerprintIsThatOfTheTables) {
  EXPECT_EQ(kSlotStandardFrontend, Fingerprint(kStandardTables));
}

TEST(StandardFrontendTest, TheLogMelFrontEndHasItsOwn) {
  EXPECT_EQ(kSlotLogMelFrontend,
            Fingerprint(kLogMelTables, Span<const EarshotComplex32>(kLogMelSuperTwiddles)));
}

TEST(StandardFrontendTest, AnotherFrontEndHasAnotherFingerprint) {
  FrontendTables other = kStandardTables;
  ++other.noise_reduction.odd_smoothing;
  EXPECT_NE(kSlotStandardFrontend, Fingerprint(other));
}

}  // namespace
}  // namespace earshot
