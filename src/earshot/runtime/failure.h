// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a chain of steps keeps of the one that failed. The steps themselves answer with a bool: a
// Status as each one's answer would go through memory at every step that succeeds.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"

namespace earshot {

class Failure {
 public:
  // What is looked at from now on; `index` -1: there is only one.
  void At(StatusSubject subject, size_t index) {
    error_.subject = subject;
    error_.index = static_cast<int32_t>(index);
  }
  void At(StatusSubject subject) { At(subject, static_cast<size_t>(-1)); }

  // All return false. Not inlined: there are many calls, and a call is what is short.
  bool Fail(StatusCode code, StaticText what, StatusUnit unit, int32_t found, int32_t wanted);
  bool Fail(StatusCode code, StaticText what);
  bool Invalid(StaticText what, int32_t found, int32_t wanted);
  bool Invalid(StaticText what);
  bool Unsupported(StaticText what);

  // Of the latest step that failed.
  const Status& error() const { return error_; }

 private:
  Status error_;
};

}  // namespace earshot
