// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Which microphone is meant.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/listening/microphone.h"

namespace earshot::host {

// The one that MicrophoneChoice::device means: a number is an index; otherwise a name counts that
// is the same, or else one that contains it, whatever the case of ASCII letters. Throws
// DeviceError: there are no microphones, none is the default, none is such, or several are.
const MicrophoneInfo& ChooseMicrophone(const std::vector<MicrophoneInfo>& microphones,
                                       const std::string& device);

// How many channels to open of a device with so many, where MicrophoneChoice::channel is `channel`.
// Throws DeviceError (its text does not name the device): it has no such channel.
//
// All: the mean is that of what the device itself hears. But a device that claims to have a great
// many is none: it is a sound server or a plug-in that makes any number out of what is there. That
// is asked for one, into which it mixes by itself, or for no more than are needed to get at the
// channel that is wanted: for two at least, because one would be the mix.
int ChannelsToOpen(int device_channels, int channel);

}  // namespace earshot::host
