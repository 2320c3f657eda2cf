// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Two tensors combined element by element, an extent of 1 in one of them being repeated as often as
// the other needs it (NumPy's rules), for up to four axes.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr int32_t kMaxBroadcastRank = 4;

// Tensors of equal shape are one axis here, whatever their rank.
struct Broadcast {
  int32_t extents[kMaxBroadcastRank];  // Of the output.
  int32_t steps_a[kMaxBroadcastRank];  // Elements of input 0 to its next along that axis, or 0.
  int32_t steps_b[kMaxBroadcastRank];
};

// kInvalidModel: shapes that do not go together, or another output than they make.
// kUnsupported: different shapes with more than four axes.
Verdict MakeBroadcast(const PrepareContext& context, const TensorInfo& a, const TensorInfo& b,
                      const TensorInfo& output, Broadcast* broadcast);

struct PairTypes {
  TensorType a;
  TensorType b;
  TensorType output;
};

// The signature of an operator that combines two tensors: counts, types and shapes.
// kInvalidModel and kUnsupported as above, or for other types.
Verdict CheckPair(const PrepareContext& context, const PairTypes& types, Broadcast* broadcast);

// The same, and that there is one scale for each tensor.
Verdict CheckIntegerPair(const PrepareContext& context, const PairTypes& types,
                         Broadcast* broadcast);
Verdict CheckInt8Pair(const PrepareContext& context, Broadcast* broadcast);

// kUnsupported unless the zero points of both inputs and the output are 0, as those of int16 are.
// Precondition: CheckIntegerPair() was ok.
Verdict CheckNoZeroPoints(const PrepareContext& context);

// Check an operator that combines two tensors without an activation function and leave a Broadcast
// as its data. int8: it works on stored values. kInvalidModel and kUnsupported as above, or for
// other types, or where an int8 input's scale or zero point differs from the output's.
Verdict PrepareBroadcastFloat32(PrepareContext& context);
Verdict PrepareBroadcastInt8(PrepareContext& context);

// The same for int16 as for int8.
Verdict PrepareBroadcastInt16(PrepareContext& context);

// Checks a pair of plain integers: kUnsupported where one tensor has a scale.
Verdict CheckPlainPair(const PrepareContext& context, TensorType type, Broadcast* broadcast);

// The same for int32 and int64 as for float32, of plain integers.
Verdict PrepareBroadcastInt32(PrepareContext& context);
Verdict PrepareBroadcastInt64(PrepareContext& context);

// What an operator needs that combines two float32 tensors.
struct PairFloat32 {
  Broadcast broadcast;
  FloatRange output;
};

// Checks such an operator and leaves a PairFloat32 as its data. kInvalidModel and kUnsupported as
// above, or for other types than float32 or an activation function other than NONE and the RELUs.
Verdict PreparePairFloat32(PrepareContext& context, schema::ActivationFunctionType activation);

// output[i] = combine(a[...], b[...]) for each element of the output, in order.
template <typename A, typename B, typename Output, typename Combine>
void ForEachPair(const Broadcast& broadcast, const A* a, const B* b, Output* output,
                 const Combine& combine) {
  const auto& extents = broadcast.extents;
  const auto& step_a = broadcast.steps_a;
  const auto& step_b = broadcast.steps_b;
  for (int32_t i = 0; i < extents[0]; ++i) {
    for (int32_t j = 0; j < extents[1]; ++j) {
      for (int32_t k = 0; k < extents[2]; ++k) {
        const A* row_a = a + i * step_a[0] + j * step_a[1] + k * step_a[2];
        const B* row_b = b + i * step_b[0] + j * step_b[1] + k * step_b[2];
        for (int32_t l = 0; l < extents[3]; ++l) {
          *output++ = combine(row_a[l * step_a[3]], row_b[l * step_b[3]]);
        }
      }
    }
  }
}

// The invoke of an operator on tensors of one type whose data is a Broadcast.
template <typename T, typename Combine>
void InvokeBroadcast(const InvokeContext& context, const Combine& combine) {
  ForEachPair(context.data<Broadcast>(), context.input<T>(0), context.input<T>(1),
              context.output<T>(0), combine);
}

// The invoke of an operator whose data is a PairFloat32.
template <typename Combine>
void InvokePairFloat32(const InvokeContext& context, const Combine& combine) {
  const auto& data = context.data<PairFloat32>();
  ForEachPair(data.broadcast, context.input<float>(0), context.input<float>(1),
              context.output<float>(0),
              [&](float a, float b) { return Clamp(combine(a, b), data.output); });
}

}  // namespace earshot
