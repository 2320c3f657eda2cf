// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options that are numbers: the one way to add them, so that all are checked alike.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <type_traits>

#include "earshot/host/commands/command_line.h"
#include "earshot/host/files/number_text.h"

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

// Reads `text` into `number`, if it is a number of [least, most]. Returns what is wrong with it
// otherwise: it is no number, as NaN is not, nor anything empty, or it lies outside.
template <typename Number>
std::string ParseNumber(const std::string& text, Number least, Number most, Number* number) {
  Number read = 0;
  // In this form no comparison with what is no number lets it pass.
  if (ReadNumber(text, &read) && read >= least && read <= most) {
    *number = read;
    return "";
  }
  constexpr bool kWhole = std::is_integral_v<Number>;
  return fmt::format("found \"{}\", wanted a {}number from {} to {}", text, kWhole ? "whole " : "",
                     least, most);
}

// Adds an option whose value is a number of [least, most], which goes to `target`: int32_t,
// uint32_t, int64_t, uint64_t or double, or an optional one, and outlives the program.
template <typename Target>
Option AddNumber(CommandLine& command, const std::string& name, Target* target,
                 const std::string& description, typename NumberOf<Target>::Type least,
                 typename NumberOf<Target>::Type most) {
  const auto take = [target, least, most](const std::string& text) {
    typename NumberOf<Target>::Type number = 0;
    std::string wrong = ParseNumber(text, least, most, &number);
    if (wrong.empty()) *target = number;
    return wrong;
  };
  CommandLine::Default value = [] { return std::string(); };
  if constexpr (std::is_arithmetic_v<Target>) {
    value = [target] { return fmt::format("{}", *target); };
  }
  return command.Add(name, take, description, value);
}

}  // namespace earshot::host
