// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Numbers as people write them: in options, lists and tables.
#pragma once

#include <cstdint>
#include <string_view>

namespace earshot::host {

// Whether `text` is one finite number and nothing else: "2", "-1.5", "+3", "2e-3". Infinities,
// "nan", hexadecimal, blanks, and what a double cannot hold are none. `value` is left alone then.
bool ReadNumber(std::string_view text, double* value);

// Whether `text` is one whole number of the type and nothing else: "16", "-3", "+3", or hexadecimal
// as "0x10". Nothing wraps around. `value` is left alone otherwise.
bool ReadNumber(std::string_view text, int32_t* value);
bool ReadNumber(std::string_view text, int64_t* value);
bool ReadNumber(std::string_view text, uint32_t* value);
bool ReadNumber(std::string_view text, uint64_t* value);

}  // namespace earshot::host
