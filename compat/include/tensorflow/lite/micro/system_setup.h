// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace tflite {

// To be called once, before all else. Does nothing, unless the application has a function of this
// name, which prepares its board.
void InitializeTarget();

}  // namespace tflite
