// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the spotter asks of a model's input: that it means what the front end's features mean.
#pragma once

#include "earshot/base/status.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {

// Checks that an input tensor takes frames x channels int8 features, as one row or with those two
// as its only extents other than 1, quantized as QuantizeFeature() does: value = feature / 25.6
// from 0 to 26, zero point -128, scale 26/255 (within 1 %). Sets `*frames`.
//
// A model that was trained on other features runs as well and hears nothing, so this is checked
// rather than hoped for.
// kUnsupported: other type, extents, scale or zero point.
Status CheckModelInput(const TensorInfo& input, int channels, int* frames);

// The same for features of the log mel front end, 0 to 1: zero point -128, and a scale by which 255
// steps are at least half of that and not more than 1 % above it. (Training tools derive scales
// from data, and loud sounds may be left out.)
Status CheckLogMelInput(const TensorInfo& input, int channels, int* frames);

}  // namespace earshot
