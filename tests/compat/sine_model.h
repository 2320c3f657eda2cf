// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The model of the hello_world example.
#pragma once

#include "tests/support/model_builder.h"

namespace earshot::test {

// int8[1][1], x from 0 to 2 pi, to int8[1][1], sin(x): two FULLY_CONNECTED. Nothing is trained: a
// layer of RELUs bends a line at equal distances, and how much, the second derivative of the sine
// says.
ModelBuilder SineModel();

}  // namespace earshot::test
