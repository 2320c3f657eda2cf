// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Manifests for tests: one with every key, one as microWakeWord writes them, and changes to both.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace earshot::test {

// Every key, none with its default value, except that the front end is the standard one.
nlohmann::json FullManifest();

// Without the object "earshot".
nlohmann::json MicroManifest();

// The text of `manifest` with the value at `pointer` (RFC 6901) replaced or added ...
std::string With(nlohmann::json manifest, const std::string& pointer, const nlohmann::json& value);
// ... and without what is there.
std::string Without(nlohmann::json manifest, const std::string& pointer);

}  // namespace earshot::test
