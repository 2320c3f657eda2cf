// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What app/ asks of a model's inputs and outputs, with errors that say what was found.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {

// kUnsupported, about the model.
Status UnsupportedNumber(StaticText what, int32_t found, int32_t wanted);
Status UnsupportedType(StaticText what, TensorType found, TensorType wanted);

// What a scale may be. Training tools derive scales from data; the field's models differ by up to
// 0.3 % from the nominal one, which is less than what rounding to int8 costs, so 1 % is allowed.
struct ScaleRange {
  constexpr explicit ScaleRange(double nominal)
      : ScaleRange(nominal * 0.99, nominal * 1.01, nominal) {}
  constexpr ScaleRange(double least, double most, double nominal)
      : lowest(static_cast<float>(least)),
        highest(static_cast<float>(most)),
        millionths(static_cast<int32_t>(nominal * 1e6 + 0.5)) {}

  float lowest;
  float highest;
  int32_t millionths;  // Of the nominal one, for error messages.
};

// Whether a tensor is quantized as a whole, with this zero point and a scale of this range.
// kUnsupported otherwise; `*_what` are texts for the two numbers.
Status CheckQuantization(const TensorInfo& tensor, const ScaleRange& scale, int32_t zero_point,
                         StaticText zero_point_what, StaticText scale_what);

}  // namespace earshot
