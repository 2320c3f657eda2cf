// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The microphone of emulated boards: a WAV file of the host, read through semihosting from the
// clock's interrupt, 10 ms at a time, into the same queue that real drivers fill.
//
// The file is the last word of the image's command line (QEMU: -semihosting-config arg=...): 16-bit
// mono PCM at 16 kHz. What is missing of its last block is silence.

#include <cstring>

#include "earshot/base/span.h"
#include "firmware/families/cortex_m/semihosting.h"
#include "firmware/families/cortex_m/systick_clock.h"
#include "firmware/families/cortex_m/wav_header.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/driver_queue.h"

namespace earshot {
namespace {

static_assert(cortex_m::kTickMs * port::kAudioRateHz == 1000 * port::kAudioBlockSamples);

constexpr size_t kCommandLineBytes = 256;

constexpr size_t kBlockBytes = port::kAudioBlockSamples * sizeof(int16_t);

int g_file = -1;
size_t g_position = 0;  // Of the next block in the file.
size_t g_bytes_left = 0;
volatile bool g_ended = false;

// The last word of a text.
const char* LastWord(const char* text) {
  const char* space = std::strrchr(text, ' ');
  return space == nullptr ? text : space + 1;
}

void PlayBlock() {
  if (g_bytes_left == 0) {
    g_ended = true;
    return;
  }
  const size_t wanted = g_bytes_left < kBlockBytes ? g_bytes_left : kBlockBytes;
  g_position += wanted;
  int16_t* block = port::g_audio_queue.BeginWrite();
  if (block == nullptr) {  // Lost, as a real microphone's samples would be.
    semihosting::Seek(g_file, g_position);
    g_bytes_left -= wanted;
    return;
  }
  void* begin = block;
  const size_t got = semihosting::Read(g_file, Span<uint8_t>(static_cast<uint8_t*>(begin), wanted));
  std::memset(static_cast<uint8_t*>(begin) + got, 0, kBlockBytes - got);
  g_bytes_left = got < wanted ? 0 : g_bytes_left - wanted;
  port::g_audio_queue.EndWrite();
}

}  // namespace

const char* port::StartAudio() {
  static char command_line[kCommandLineBytes];
  if (!semihosting::CommandLine(command_line)) return "the command line is too long";
  g_file = semihosting::Open(LastWord(command_line), semihosting::OpenMode::kRead);
  if (g_file < 0) return "the recording cannot be opened";
  uint8_t header[cortex_m::kWavHeaderBytes];
  const size_t bytes = semihosting::Read(g_file, header);
  cortex_m::WavData data;
  const char* error = cortex_m::ParseWavHeader(Span<const uint8_t>(header, bytes), &data);
  if (error != nullptr) return error;
  semihosting::Seek(g_file, data.begin);
  g_position = data.begin;
  g_bytes_left = data.bytes;
  cortex_m::OnTick(PlayBlock);
  return nullptr;
}

bool port::AudioEnded() { return g_ended && g_audio_queue.size() == 0; }

}  // namespace earshot
