// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What app/ asks of a model's inputs and outputs, with errors that say what was found.
#pragma once

#include <cstdint>

#include "base/status.h"
#include "runtime/tensor_info.h"

namespace earshot {

// kUnsupported, about the model.
Status UnsupportedNumber(StaticText what, int32_t found, int32_t wanted);
Status UnsupportedType(StaticText what, TensorType found, TensorType wanted);

// Whether a tensor is quantized as a whole, with this zero point and within 1 % of this scale.
// kUnsupported otherwise; `*_what` are static texts for the two numbers.
Status CheckQuantization(const TensorInfo& tensor, float scale, int32_t zero_point,
                         StaticText zero_point_what, StaticText scale_what);

}  // namespace earshot
