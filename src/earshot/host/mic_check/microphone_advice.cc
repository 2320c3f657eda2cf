// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_advice.h"

namespace earshot::host {
namespace {

struct Advice {
  std::string_view id;
  std::string_view board;
  std::string_view computer;
};

constexpr Advice kAdvice[] = {
    {"dead",
     "Check that the microphone has power and its clock, that the data pin is the right one, and, "
     "for I2S, that the channel that is read is the one that its L/R pin selects.",
     "Look for a mute or privacy switch or key, at the computer or the headset, for muting in the "
     "sound settings, and whether programs may use the microphone. Is it the right device "
     "(earshot devices lists all) and the right --channel?"},
    {"too_quiet",
     "Speak while it listens. If you did, raise the gain, or take higher bits of the microphone's "
     "words.",
     "Speak while it listens. If you did, raise the input level in the sound settings or the mixer "
     "(alsamixer, pavucontrol), or its boost. Is it the right device (earshot devices lists all), "
     "or with --channel one that hears nothing?"},
    {"dc_offset",
     "Put a high-pass filter behind the microphone; with an analogue one, set the ADC's middle to "
     "its bias.",
     "The sound card or the USB microphone adds it: try another input, lower its boost, or turn on "
     "a high-pass (low-cut) filter at the device or in the sound server."},
    {"clipping",
     "Lower the gain, or take lower bits of the microphone's words; or speak from further away.",
     "Lower the input level in the sound settings or the mixer (alsamixer, pavucontrol), turn its "
     "boost off, or speak from further away."},
    {"sample_rate",
     "Check the clock tree and the dividers in front of the microphone; of a recording, set the "
     "rate.",
     "The device does not run at the rate that it, its driver or the sound server says: set "
     "another rate in the sound settings, or choose the device itself in place of a plug-in or "
     "server (earshot devices). Many times too fast: it is no microphone, but a file that is "
     "played."},
    {"dropped",
     "The program does not come for them in time: give it more or larger buffers, or something "
     "less to do between them.",
     "The computer was too busy, or the device is on a bad cable, a crowded USB hub or a weak "
     "radio link: end other programs, plug it in directly, and listen again."},
    {"restarted",
     "The board starts anew: look for a watchdog, a fault, or a supply that breaks down.", ""},
    {"gone", "",
     "Check its plug, its battery or radio link, and that the sound server runs; then listen "
     "again."},
};

}  // namespace

std::string_view MicrophoneAdvice(std::string_view id, bool is_computers) {
  for (const Advice& advice : kAdvice) {
    if (advice.id == id) return is_computers ? advice.computer : advice.board;
  }
  return {};
}

}  // namespace earshot::host
