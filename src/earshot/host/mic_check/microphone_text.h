// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the program says about a microphone.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "earshot/host/mic_check/microphone_judge.h"

namespace earshot::host {

// A table and the verdict, with what to do. `damaged_lines`: of a board's text, those that had lost
// characters.
std::string MicrophoneText(const std::string& source, const MicrophoneReport& report,
                           size_t damaged_lines);

// The same for programs.
nlohmann::ordered_json MicrophoneJson(const std::string& source, const MicrophoneReport& report,
                                      size_t damaged_lines);

}  // namespace earshot::host
