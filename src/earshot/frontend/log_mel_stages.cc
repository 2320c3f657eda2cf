// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/log_mel_stages.h"

#include <cstddef>

#include "earshot/frontend/bits.h"
#include "earshot/frontend/standard_tables.h"

namespace earshot {
namespace {

// From (32 * PCM) * Q15, which is PCM * 2^20, to PCM * 2^14.
constexpr int kWindowShift = 6;

constexpr int kShareBits = 15;  // Of a filter in a bin.
// Squares have up to 60 bits. So many fewer leave room for the shares, and cost a bin of a feature
// that is just above 0 less than a thousandth.
constexpr int kEnergyShift = 16;

// Unit of a channel's energy: 2^-47. One of 2^-48 comes of the spectrum's (the FFT's 1/1024 and
// PCM * 2^14 make |X| * 2^4, full scale is 2^15, the power is |X|^2 / 1024), and one more bit of
// kEnergyShift - kShareBits.
constexpr int32_t kUnitBits = 47;

constexpr int kLogBits = 16;                // log2 is Q16.
constexpr int kSegmentBits = kLogBits - 7;  // kLogTable has 2^7 segments.
// What an octave of power is in a feature: 10 * log10(2) / 64, Q15, with 8 more bits.
constexpr int64_t kPerOctave = 394566;
constexpr int kPerOctaveShift = kLogBits + 8;
constexpr int32_t kZeroDb = 26624;  // 52 / 64, Q15.
constexpr int32_t kOne = 1 << 15;

uint64_t Energy(const EarshotComplex32& value) {
  const int64_t re = value.re;
  const int64_t im = value.im;
  return (static_cast<uint64_t>(re * re) + static_cast<uint64_t>(im * im)) >> kEnergyShift;
}

// log2(value), Q16. Precondition: value > 0.
int32_t Log2(uint64_t value) {
  const int top = MostSignificantBit(value);
  const auto fraction = static_cast<uint32_t>((value << (64 - top)) >> 47) & 0xFFFFu;
  const uint32_t segment = fraction >> kSegmentBits;
  const int32_t begin = kLogTable[segment];
  const int32_t end = kLogTable[segment + 1];
  const auto within = static_cast<int32_t>(fraction & ((1u << kSegmentBits) - 1));
  const int32_t correction = begin + (((end - begin) * within) >> kSegmentBits);
  return ((top - 1) << kLogBits) + static_cast<int32_t>(fraction) + correction;
}

}  // namespace

void EmphasizeAndWindow(Span<const int16_t> samples, int16_t before, Span<const int16_t> window,
                        Span<int32_t> emphasized) {
  int32_t last = before;
  for (size_t i = 0; i < samples.size(); ++i) {
    const int32_t sample = samples[i];
    const int64_t product = static_cast<int64_t>(32 * sample - 31 * last) * window[i];
    emphasized[i] = static_cast<int32_t>((product + (1 << (kWindowShift - 1))) >> kWindowShift);
    last = sample;
  }
}

void MelEnergies(const FilterbankTables& tables, Span<const EarshotComplex32> spectrum,
                 Span<uint64_t> channels) {
  const EarshotComplex32* bin = &spectrum[static_cast<size_t>(tables.first_bin)];
  const int16_t* share = tables.falling.data();
  for (size_t band = 0; band <= channels.size(); ++band) {
    uint64_t total = 0;
    uint64_t falling = 0;
    for (int32_t left = tables.widths[band]; left > 0; --left) {
      const uint64_t energy = Energy(*bin++);
      total += energy;
      falling += energy * static_cast<uint16_t>(*share++);
    }
    if (band > 0) channels[band - 1] += falling;
    if (band < channels.size()) channels[band] = (total << kShareBits) - falling;
  }
}

uint16_t LogMelFeature(uint64_t energy) {
  if (energy == 0) return 0;
  const int64_t octaves = Log2(energy) - (kUnitBits << kLogBits);
  constexpr int64_t kHalf = 1 << (kPerOctaveShift - 1);
  const auto decibels = static_cast<int32_t>((octaves * kPerOctave + kHalf) >> kPerOctaveShift);
  const int32_t feature = decibels + kZeroDb;
  if (feature < 0) return 0;
  return static_cast<uint16_t>(feature < kOne ? feature : kOne);
}

}  // namespace earshot
