// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/microphone_list.h"

#include <gtest/gtest.h>

#include "earshot/host/audio/lost_frames.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

const std::vector<MicrophoneInfo>& Some() {
  static const std::vector<MicrophoneInfo> microphones = {
      {1, "USB Microphone: Audio (hw:1,0)", "ALSA", 1, 48000, false},
      {4, "usb microphone", "OSS", 1, 48000, false},
      {5, "Built-in", "ALSA", 2, 44100, true},
      {14, "default", "ALSA", 128, 44100, false}};
  return microphones;
}

// The index of the one that is meant, or why there is none.
std::string Meant(const std::vector<MicrophoneInfo>& microphones, const std::string& device) {
  try {
    return std::to_string(ChooseMicrophone(microphones, device).index);
  } catch (const DeviceError& error) {
    return error.what();
  }
}

TEST(MicrophoneListTest, ChoosesByIndexAndName) {
  EXPECT_EQ(Meant(Some(), ""), "5");
  EXPECT_EQ(Meant(Some(), "14"), "14");
  EXPECT_EQ(Meant(Some(), "default"), "14");
  EXPECT_EQ(Meant(Some(), "hw:1,0"), "1");
  EXPECT_EQ(Meant(Some(), "BUILT"), "5");
  EXPECT_EQ(Meant(Some(), "USB Microphone"), "4");  // The whole name of one, a part of another's.
}

TEST(MicrophoneListTest, SaysWhyNoneIsMeant) {
  EXPECT_EQ(Meant({}, ""), "no microphone was found");
  EXPECT_EQ(Meant({Some()[0]}, ""), "no microphone is the default; earshot devices lists all");
  EXPECT_EQ(Meant(Some(), "3"), "3: no microphone has this index; earshot devices lists all");
  EXPECT_EQ(Meant(Some(), "kitchen"),
            "kitchen: no microphone has such a name; earshot devices lists all");
  EXPECT_EQ(Meant(Some(), "usb"),
            "usb: 2 microphones have such a name: 1 (USB Microphone: Audio (hw:1,0), ALSA); "
            "4 (usb microphone, OSS)");
}

TEST(MicrophoneListTest, ChannelsToOpen) {
  EXPECT_EQ(ChannelsToOpen(1, 0), 1);
  EXPECT_EQ(ChannelsToOpen(2, 0), 2);
  EXPECT_EQ(ChannelsToOpen(8, 3), 8);
  EXPECT_EQ(ChannelsToOpen(128, 0), 1);
  EXPECT_EQ(ChannelsToOpen(128, 1), 2);
  EXPECT_EQ(ChannelsToOpen(128, 3), 3);
  EXPECT_THROW(ChannelsToOpen(2, 3), DeviceError);
  EXPECT_THROW(ChannelsToOpen(2, -1), DeviceError);
}

TEST(LostFramesTest, ByTheDevicesClock) {
  LostFrames lost(16000);
  EXPECT_EQ(lost.Before(160, 100.00, false), 0);
  EXPECT_EQ(lost.Before(160, 100.01, false), 0);
  EXPECT_EQ(lost.Before(160, 100.52, true), 8000);
  EXPECT_EQ(lost.Before(160, 100.60, false), 0);  // Late, but nobody says that it was dropped.
  EXPECT_EQ(lost.Before(160, 100.605, true), 1);  // At least.
  EXPECT_EQ(lost.Before(160, 100.615, false), 0);
}

TEST(LostFramesTest, WithoutAClock) {
  LostFrames first(16000);
  EXPECT_EQ(first.Before(160, 100.00, true), 160);  // Nothing to compare it with.
  LostFrames zero(16000);
  EXPECT_EQ(zero.Before(160, 0, false), 0);
  EXPECT_EQ(zero.Before(160, 0, true), 160);
  LostFrames back(16000);
  EXPECT_EQ(back.Before(160, 100.00, false), 0);
  EXPECT_EQ(back.Before(160, 1.00, true), 160);
}

}  // namespace
}  // namespace earshot::host
