// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/custom_options.h"

#include "earshot/runtime/flexbuffer_map.h"

namespace earshot {

Verdict ReadOption(const PrepareContext& context, const char* name, StaticText what, int32_t lowest,
                   int32_t highest, int32_t* value) {
  if (!FlexbufferMap(context.custom_options()).Find(name, value)) {
    return context.Invalid("options: numbers by the wanted name"_text, 0, 1);
  }
  if (*value < lowest) return context.Invalid(what, *value, lowest);
  if (*value > highest) return context.Invalid(what, *value, highest);
  return Verdict::Ok();
}

}  // namespace earshot
