// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What to do about a microphone that is not good enough.
#pragma once

#include <string_view>

namespace earshot::host {

// `id`: of a MicrophoneProblem. `is_computers`: for a microphone of this computer, by way of its
// operating system; otherwise for one of a board, or a recording. Empty: no such id.
std::string_view MicrophoneAdvice(std::string_view id, bool is_computers);

}  // namespace earshot::host
