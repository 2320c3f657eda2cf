// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a file seems to be that is no model. For hosts only.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot {

// What a file seems to be that should be a .tflite file or a manifest, and what to do about it, to
// follow "is": "a Git LFS pointer, not the file itself: fetch it with `git lfs pull`". By its first
// bytes, and for some kinds by the ending of its name. Empty: a .tflite file, JSON, or nothing that
// is known.
std::string WhatItSeems(Span<const uint8_t> bytes, const std::string& path);

}  // namespace earshot
