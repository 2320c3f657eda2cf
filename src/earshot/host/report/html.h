// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Text and numbers as they stand in the report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// An en dash: what was not measured, and from one end of an interval to the other.
constexpr char kDash[] = "\xE2\x80\x93";

// The text for use between tags and in quoted attributes: markup is escaped, and bytes that are no
// UTF-8 and control characters become U+FFFD, so that nothing in a path or a label gets out.
std::string Escaped(std::string_view text);

// At most `most` characters, the end of the text rather than its beginning; escaped.
std::string ShortPath(const std::string& path, size_t most = 48);

// "93.6 %"; kDash where it was not measured.
std::string Percent(double share);

// "93.6 %" with its interval and counts in small print.
std::string ShareHtml(const Estimate& share);
// "1.2 / h", the same way.
std::string RateHtml(const Estimate& rate);
std::string MillisecondsHtml(const Estimate& milliseconds);

// A Q0.8 score as "0.78".
std::string ScoreText(uint8_t score);

}  // namespace earshot::host
