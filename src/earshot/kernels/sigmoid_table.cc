// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/sigmoid_table.h"

#include "earshot/runtime/positive_real.h"

namespace earshot {
namespace {

// 1 / (1 + e^(-i / 24)) as Q0.16, to about one step: the numbers of the format's reference.
constexpr uint16_t kSigmoid[] = {
    32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149, 40794,
    41432, 42064, 42688, 43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369, 47911, 48443,
    48964, 49475, 49975, 50464, 50942, 51409, 51865, 52311, 52745, 53169, 53581, 53983, 54374,
    54755, 55125, 55485, 55834, 56174, 56503, 56823, 57133, 57433, 57724, 58007, 58280, 58544,
    58800, 59048, 59288, 59519, 59743, 59959, 60168, 60370, 60565, 60753, 60935, 61110, 61279,
    61441, 61599, 61750, 61896, 62036, 62172, 62302, 62428, 62549, 62666, 62778, 62886, 62990,
    63090, 63186, 63279, 63368, 63454, 63536, 63615, 63691, 63765, 63835, 63903, 63968, 64030,
    64090, 64148, 64204, 64257, 64308, 64357, 64405, 64450, 64494, 64536, 64576, 64614, 64652,
    64687, 64721, 64754, 64786, 64816, 64845, 64873, 64900, 64926, 64950, 64974, 64997, 65019,
    65039, 65060, 65079, 65097, 65115, 65132, 65149, 65164, 65179, 65194, 65208, 65221, 65234,
    65246, 65258, 65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337, 65345, 65352, 65360,
    65367, 65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425, 65429, 65433,
    65438, 65442, 65445, 65449, 65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474, 65476,
    65479, 65481, 65483, 65485, 65488, 65489, 65491, 65493, 65495, 65497, 65498, 65500, 65501,
    65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513, 65514, 65515, 65516,
    65517, 65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522, 65523, 65523, 65524, 65524,
    65525, 65525, 65526, 65526, 65526, 65527, 65527, 65528, 65528, 65528, 65529, 65529, 65529,
    65529, 65530, 65530, 65530, 65530, 65531, 65531, 65531, 65531, 65531, 65532, 65532, 65532,
    65532, 65532, 65532, 65533, 65533, 65533, 65533, 65533, 65533, 65533, 65533, 65534, 65534,
    65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65535};
constexpr uint32_t kLastEntry = sizeof(kSigmoid) / sizeof(kSigmoid[0]) - 1;

// Of float's bits.
constexpr int32_t kExponentShift = 23;
constexpr int32_t kExponentBias = 127;

constexpr int32_t ToTableSteps(int16_t value, TableScale scale) {
  const int32_t half = scale.right_shift > 0 ? 1 << (scale.right_shift - 1) : 0;
  return (value * scale.multiplier + half) >> scale.right_shift;
}

constexpr uint32_t Magnitude(int32_t steps) {
  return steps < 0 ? 0 - static_cast<uint32_t>(steps) : static_cast<uint32_t>(steps);
}

// The sigmoid of `magnitude` steps, of which an entry has 2^entry_bits, as Q0.(16 + entry_bits);
// `beyond` behind the last entry.
constexpr int32_t Interpolated(uint32_t magnitude, int32_t entry_bits, int32_t beyond) {
  const uint32_t entry = magnitude >> entry_bits;
  if (entry >= kLastEntry) return beyond;
  const uint32_t fraction = magnitude & ((1u << entry_bits) - 1);
  const uint32_t rise = uint32_t{kSigmoid[entry + 1]} - kSigmoid[entry];
  return static_cast<int32_t>((uint32_t{kSigmoid[entry]} << entry_bits) + fraction * rise);
}

}  // namespace

int16_t TableSigmoid(int16_t value, TableScale scale) {
  constexpr int32_t kEntryBits = 9;  // 2^9 steps are 1/24.
  constexpr int32_t kOne = 1 << (16 + kEntryBits);
  constexpr int32_t kHalf = 1 << kEntryBits;  // Of a step of the result.
  const int32_t steps = ToTableSteps(value, scale);
  const int32_t positive =
      Interpolated(Magnitude(steps), kEntryBits, INT16_MAX << (kEntryBits + 1));
  const int32_t sigmoid = steps >= 0 ? positive + kHalf : kOne - positive + kHalf - 1;
  return static_cast<int16_t>(sigmoid >> (kEntryBits + 1));
}

// tanh(x) = 2 / (1 + e^(-2x)) - 1
int16_t TableTanh(int16_t value, TableScale scale) {
  constexpr int32_t kEntryBits = 8;  // Twice x: 2^8 steps are 1/24 of it.
  constexpr int32_t kOneHalf = 1 << (15 + kEntryBits);
  constexpr int32_t kHalf = 1 << (kEntryBits - 1);  // Of a step of the result.
  const int32_t steps = ToTableSteps(value, scale);
  const int32_t positive = Interpolated(Magnitude(steps), kEntryBits, UINT16_MAX << kEntryBits);
  const int32_t tanh = steps >= 0 ? positive - kOneHalf + kHalf : kOneHalf - positive + kHalf - 1;
  return static_cast<int16_t>(tanh >> kEntryBits);
}

bool IsAlmostPowerOfTwo(float scale, int32_t power) {
  // Floats above a power of two are twice as far apart as those below it.
  constexpr int32_t kFloatsAbove = 5817;   // To 2^0.001.
  constexpr int32_t kFloatsBelow = 11625;  // To 2^-0.001.
  const int32_t difference =
      static_cast<int32_t>(FloatBits(scale)) - (power + kExponentBias) * (1 << kExponentShift);
  return difference > -kFloatsBelow && difference < kFloatsAbove;
}

Verdict MakeTableScale(const PrepareContext& context, float scale, int32_t exact_powers,
                       TableScale* table_scale) {
  constexpr int32_t kFirstPower = -12;
  for (int32_t power = kFirstPower; power < kFirstPower + exact_powers; ++power) {
    if (!IsAlmostPowerOfTwo(scale, power)) continue;
    *table_scale = TableScaleOf(power);
    return Verdict::Ok();
  }
  constexpr PositiveReal kStepsOfOne = {3 << 12, 0};
  constexpr uint64_t kLargest = INT16_MAX;
  constexpr int32_t kMostShift = 31;
  // 15 bits of the product, or 14 where it is so little below 2^15 that they would be too many.
  const PositiveReal product = Normalized(Product(RealOf(scale), kStepsOfOne));
  int32_t dropped = kNormalizedBits - 15;
  if (product.mantissa > kLargest << dropped) ++dropped;
  const int32_t shift = -(product.exponent + dropped);
  if (shift < 0 || shift > kMostShift) {
    constexpr float kUsual = 1.0f / (1 << -kFirstPower);
    return context.UnsupportedScale("input: scale"_text, scale, kUsual);
  }
  *table_scale = {static_cast<int32_t>(product.mantissa >> dropped), shift};
  return Verdict::Ok();
}

Verdict NearestPowerOfTwo(const PrepareContext& context, StaticText what, float scale,
                          int32_t* power) {
  constexpr int32_t kBeyondSqrt2 = 0x800000 - 0x3504F4;  // From there on the next power is nearer.
  const auto bits = static_cast<int32_t>(FloatBits(scale));
  *power = ((bits + kBeyondSqrt2) >> kExponentShift) - kExponentBias;
  if (*power >= kLowestTablePower && *power <= kHighestTablePower) {
    return Verdict::Ok();
  }
  constexpr float kUsual = 1.0f / (1 << 11);
  return context.UnsupportedScale(what, scale, kUsual);
}

}  // namespace earshot
