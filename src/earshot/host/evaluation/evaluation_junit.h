// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Gates as a JUnit file, for services that show test results.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// XML: a test suite for each model with a test case for each gate and all figures as properties,
// and one with an error for each file that could not be read.
std::string EvaluationJunit(const Evaluation& evaluation);

// `text` as it stands in XML. Bytes that XML cannot hold (control characters, no UTF-8) become "?".
std::string XmlText(const std::string& text);

}  // namespace earshot::host
