// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The labels that the command line gives to a model's outputs.
#pragma once

#include <string>
#include <vector>

namespace earshot::host {

// Names as an option is given them: each value taken apart at its commas, without blanks around the
// names. What is between two commas is a name, though maybe an empty one.
std::vector<std::string> NamesOf(const std::vector<std::string>& given);

// `given`: what --labels was given: names, or a text file alone. Such a file has one label a line
// (or is one line, with commas); blanks around labels, empty lines, carriage returns and a
// byte-order mark are passed over, and so are numbers before the labels, where these count the
// lines: "0 Background Noise" is how Teachable Machine writes them.
//
// Throws UsageError: a label is empty or comes twice (WrongWithLabels()), or the file is no text or
// has no labels; InputError: it cannot be read.
std::vector<std::string> LabelsOf(const std::vector<std::string>& given);

}  // namespace earshot::host
