// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/system_setup.h"

namespace tflite {

[[gnu::weak]] void InitializeTarget() {}

}  // namespace tflite
