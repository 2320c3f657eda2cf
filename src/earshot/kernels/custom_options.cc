// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/custom_options.h"

#include "earshot/runtime/flexbuffer_map.h"

namespace earshot {

namespace {

Verdict Missing(const PrepareContext& context) {
  return context.Invalid("options: numbers by the wanted name"_text, 0, 1);
}

}  // namespace

Verdict ReadOption(const PrepareContext& context, const char* name, StaticText what, int32_t lowest,
                   int32_t highest, int32_t* value) {
  if (!FlexbufferMap(context.custom_options()).Find(name, value)) return Missing(context);
  if (*value < lowest) return context.Invalid(what, *value, lowest);
  if (*value > highest) return context.Invalid(what, *value, highest);
  return Verdict::Ok();
}

Verdict ReadOptionIfThere(const PrepareContext& context, const char* name, StaticText what,
                          int32_t lowest, int32_t highest, int32_t* value) {
  if (!FlexbufferMap(context.custom_options()).Has(name)) return Verdict::Ok();
  return ReadOption(context, name, what, lowest, highest, value);
}

Verdict ReadRealOption(const PrepareContext& context, const char* name, float* value) {
  if (!FlexbufferMap(context.custom_options()).FindReal(name, value)) return Missing(context);
  return Verdict::Ok();
}

}  // namespace earshot
