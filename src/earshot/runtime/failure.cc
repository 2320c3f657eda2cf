// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/failure.h"

namespace earshot {

[[gnu::noinline]] bool Failure::Fail(StatusCode code, StaticText what, StatusUnit unit,
                                     int32_t found, int32_t wanted) {
  error_.code = code;
  error_.what = what;
  error_.unit = unit;
  error_.found = found;
  error_.wanted = wanted;
  return false;
}

[[gnu::noinline]] bool Failure::Fail(StatusCode code, StaticText what) {
  return Fail(code, what, StatusUnit::kNone, 0, 0);
}

[[gnu::noinline]] bool Failure::Invalid(StaticText what, int32_t found, int32_t wanted) {
  return Fail(StatusCode::kInvalidModel, what, StatusUnit::kCount, found, wanted);
}

[[gnu::noinline]] bool Failure::Invalid(StaticText what) {
  return Fail(StatusCode::kInvalidModel, what);
}

[[gnu::noinline]] bool Failure::Unsupported(StaticText what) {
  return Fail(StatusCode::kUnsupported, what);
}

}  // namespace earshot
