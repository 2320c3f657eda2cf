// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where older programs look for it.
#pragma once

#include "tensorflow/lite/core/c/c_api_types.h"
