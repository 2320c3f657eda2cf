// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C++ text of an embedded model.
#pragma once

#include <string>

#include "earshot/models/embedding/measured_model.h"
#include "earshot/models/spotter_model.h"

namespace earshot {

// "tiny_conv_yes_no" from "kTinyConvYesNo", "commands_7" from "kCommands7". Throws
// std::invalid_argument unless `constant` is k and words that begin with a capital letter, in ASCII
// letters and digits; a number is a word of its own.
std::string SnakeCase(const std::string& constant);

// A C++ string literal, quotes included, of any bytes.
std::string StringLiteral(const std::string& text);

// The header and the source file, to be saved as SnakeCase(constant) + ".h" and ".cc" in one
// folder, of a model on the standard front end or the log mel one. The same input gives the same
// text, on every machine.
std::string HeaderText(const std::string& constant, const SpotterModel& model,
                       const MeasuredModel& measured);
std::string SourceText(const std::string& constant, const SpotterModel& model,
                       const MeasuredModel& measured);

}  // namespace earshot
