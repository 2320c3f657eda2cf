// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The options of custom operators.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// The whole number `name` of the operator's options. kInvalidModel: there is none, or it is outside
// [lowest, highest]. `what` says so, e.g. "shift (wanted: at most)"_text.
Verdict ReadOption(const PrepareContext& context, const char* name, StaticText what, int32_t lowest,
                   int32_t highest, int32_t* value);

// The same; where there is none, `*value` stays what it is.
Verdict ReadOptionIfThere(const PrepareContext& context, const char* name, StaticText what,
                          int32_t lowest, int32_t highest, int32_t* value);

// The number `name` of the operator's options, whole or not. kInvalidModel: there is none. Its
// range is the caller's to check.
Verdict ReadRealOption(const PrepareContext& context, const char* name, float* value);

}  // namespace earshot
