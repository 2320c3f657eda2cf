// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Indicator: one LED. A facade: see firmware/port/audio_source.h.
#pragma once

namespace earshot::port {

void StartIndicator();
void SetIndicator(bool on);

}  // namespace earshot::port
