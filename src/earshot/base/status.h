// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Status: how every fallible function of the core answers.
//
// A Status is a small value without any memory of its own: what went wrong (static text), where (a
// kind of thing and its index), what was found and what was wanted. Nothing is formatted until
// somebody asks for text (earshot/runtime/status_text.h), so firmware that only branches on `ok()`
// carries no formatting code.
#pragma once

#include <cstdint>

#include "earshot/base/static_text.h"

namespace earshot {

enum class StatusCode : uint8_t {
  kOk = 0,
  kInvalidArgument,     // The caller passed something that the function's contract excludes.
  kFailedPrecondition,  // The call came in the wrong order, e.g. Invoke() before AllocateTensors().
  kInvalidModel,        // The model file is damaged or contradicts its own format.
  kUnsupported,         // The model is valid, but uses something that Earshot does not run.
  kArenaTooSmall,       // found: the bytes that were given; wanted: the bytes that are needed.
};

// What the index in a Status counts.
enum class StatusSubject : uint8_t {
  kNone,
  kModel,
  kSubgraph,
  kBuffer,
  kTensor,
  kOperator,
  kOperatorCode,
  kArena,
  kFrontend,
  kRecognizer,
};

// What the numbers `found` and `wanted` mean.
enum class StatusUnit : uint8_t {
  kNone,   // Neither number says anything.
  kCount,  // Plain numbers.
  kBytes,
  kTensorType,    // Values of TensorType.
  kOperatorCode,  // Values of BuiltinOperator.
  kScale,         // The bits of floats.
};

EARSHOT_BEGIN_STATUS_NAMESPACE

struct [[nodiscard]] Status {
  StatusCode code = StatusCode::kOk;
  StatusSubject subject = StatusSubject::kNone;
  StatusUnit unit = StatusUnit::kNone;
  int32_t index = -1;         // Which of the subjects; -1: there is only one.
  StaticText what = nullptr;  // Never null unless ok().
  int32_t found = 0;
  int32_t wanted = 0;

  constexpr bool ok() const { return code == StatusCode::kOk; }
};

EARSHOT_END_STATUS_NAMESPACE

constexpr Status OkStatus() { return Status{}; }

// Numbers outside int32_t are reported as the nearest one that fits.
constexpr int32_t StatusNumber(int64_t value) {
  return value > INT32_MAX   ? INT32_MAX
         : value < INT32_MIN ? INT32_MIN
                             : static_cast<int32_t>(value);
}

// Where something is wrong.
struct StatusPlace {
  StatusSubject subject;
  int64_t index = -1;  // Which of them; -1: there is only one.
};

constexpr Status MakeError(StatusCode code, StatusPlace place, StaticText what, StatusUnit unit,
                           int64_t found, int64_t wanted) {
  return Status{code,
                place.subject,
                unit,
                StatusNumber(place.index),
                what,
                StatusNumber(found),
                StatusNumber(wanted)};
}

// For errors that have no numbers.
constexpr Status MakeError(StatusCode code, StatusPlace place, StaticText what) {
  return MakeError(code, place, what, StatusUnit::kNone, 0, 0);
}

}  // namespace earshot

// Leaves the enclosing function with the value of `expression`, a Status or what can be made one,
// unless that is ok.
#define EARSHOT_RETURN_IF_ERROR(expression)          \
  do {                                               \
    const auto earshot_status = (expression);        \
    if (!earshot_status.ok()) return earshot_status; \
  } while (false)
