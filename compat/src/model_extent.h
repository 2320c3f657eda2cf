// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How long a model file is of which only the beginning is known.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::tflm {

// From `model` to the end of the last table, vector or string that Earshot would read. The model
// may lie at any address. 0: it does not begin as a model does, or leads further than 2^31 bytes,
// or to itself.
//
// It follows what the file says, wherever that leads: a damaged file has it read memory that is no
// model's. Who gets models from outside uses earshot::Model, which is told the size.
size_t ModelExtent(const uint8_t* model);

}  // namespace earshot::tflm
