// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Registrations of these operators, which stand with all others.
#pragma once

#include "tensorflow/lite/micro/kernels/micro_ops.h"
