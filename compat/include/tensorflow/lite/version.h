// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLITE_SCHEMA_VERSION, where older programs look for it.
#pragma once

#include "tensorflow/lite/schema/schema_generated.h"
