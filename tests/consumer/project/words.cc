// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>
#include <string>
#include <typeinfo>

#include "base/span.h"
#include "earshot/app/keyword_spotter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/status_text.h"

#ifndef CONSUMERS_OWN_SPAN
#error "base/span.h is not this project's own"
#endif

namespace {

// The core has neither exceptions nor RTTI; who links it may have both.
struct Base {
  virtual ~Base() = default;
};
struct Damaged : Base, std::runtime_error {
  using std::runtime_error::runtime_error;
};

void Load(earshot::Span<const uint8_t> bytes) {
  earshot::Model model;
  char text[earshot::kStatusTextBytes];
  throw Damaged(earshot::StatusText(earshot::Model::Load(bytes, &model), text));
}

}  // namespace

// What is wrong with no model at all; the text is valid until the next call.
extern "C" const char* words_problem() {
  static std::string problem;
  try {
    Load({});
  } catch (const Base& error) {
    problem = dynamic_cast<const Damaged&>(error).what();
  }
  return problem.c_str();
}
