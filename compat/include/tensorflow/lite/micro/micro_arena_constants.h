// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace tflite {

// An arena that begins at a multiple of this loses nothing.
constexpr int MicroArenaBufferAlignment() { return 16; }

}  // namespace tflite
