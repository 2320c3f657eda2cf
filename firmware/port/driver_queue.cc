// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/port/driver_queue.h"

namespace earshot::port {

AudioQueue g_audio_queue;

Span<const int16_t> NextAudioBlock() { return g_audio_queue.Front(); }
void ReleaseAudioBlock() { g_audio_queue.Pop(); }
size_t WaitingAudioBlocks() { return g_audio_queue.size(); }
uint32_t AudioOverruns() { return g_audio_queue.overruns(); }

}  // namespace earshot::port
