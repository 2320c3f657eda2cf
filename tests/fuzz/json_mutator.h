// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Changes JSON where it says something, so that what comes out is still JSON.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace earshot::test {

// Changes one value of `text`: another number, another type, a copy of another value, one more or
// one less; or sets one that `known` has, with its keys on the way there. Empty: it is no JSON.
std::string MutateJson(const std::string& text, const nlohmann::json& known, uint32_t seed);

}  // namespace earshot::test
