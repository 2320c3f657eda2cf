// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ModelError: what the functions of earshot/models throw. For hosts only.
#pragma once

#include <stdexcept>
#include <string>

#include "earshot/base/status.h"

namespace earshot {

// A model that cannot be used. what() is one line: which model or file, what is wrong with it.
struct ModelError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// It is one of its files: that cannot be read, is something else, or belongs to another model.
struct ModelFileError : ModelError {
  using ModelError::ModelError;
};

// Throws ModelError "<where>: <text>" unless the status is ok.
void ThrowUnlessOk(const Status& status, const std::string& where);

}  // namespace earshot
