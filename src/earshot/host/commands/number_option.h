// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options that are numbers: the one way to add them, so that all are checked alike.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>

#include "earshot/host/console/number_text.h"

namespace earshot::host {

constexpr size_t kMostJobs = 256;  // Of every --jobs.

// What an option puts into an `int32_t` or an `std::optional<int32_t>`: int32_t.
template <typename Target>
struct NumberOf {
  using Type = Target;
};
template <typename Number>
struct NumberOf<std::optional<Number>> {
  using Type = Number;
};

// The number of [least, most] that `text` is. Throws CLI::ValidationError, which begins with the
// option's name: no number, as NaN is not, nor anything empty, or outside.
template <typename Number>
Number ParseNumber(const std::string& option, const std::string& text, Number least, Number most) {
  Number number = 0;
  // In this form no comparison with what is no number lets it pass.
  if (ReadNumber(text, &number) && number >= least && number <= most) return number;
  constexpr bool kWhole = std::is_integral_v<Number>;
  throw CLI::ValidationError(option, fmt::format("found \"{}\", wanted a {}number from {} to {}",
                                                 text, kWhole ? "whole " : "", least, most));
}

// Adds an option whose value is a number of [least, most], which goes to `target`: int32_t,
// uint32_t, int64_t, uint64_t or double, or an optional one, and outlives `app`.
template <typename Target>
CLI::Option* AddNumber(CLI::App* app, const std::string& name, Target* target,
                       const std::string& description, typename NumberOf<Target>::Type least,
                       typename NumberOf<Target>::Type most) {
  const auto take = [name, target, least, most](const CLI::results_t& texts) {
    *target = ParseNumber(name, texts.at(0), least, most);
    return true;
  };
  std::function<std::string()> before = [] { return std::string(); };
  if constexpr (std::is_arithmetic_v<Target>)
    before = [target] { return fmt::format("{}", *target); };
  return app->add_option(name, take, description, false, before);
}

}  // namespace earshot::host
