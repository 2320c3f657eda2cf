// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tensorflow/lite/kernels/internal/compatibility.h"
