// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cstdint>

#include "firmware/families/nrf/settings.h"
#include "firmware/families/nrf52/pdm_settings.h"

namespace earshot::nrf {
namespace {

// nRF52840 Product Specification 1.7, 6.33 "UART", register BAUDRATE.
TEST(NrfSettingsTest, BaudRatesAreThoseOfTheManual) {
  struct Row {
    uint32_t baud;
    uint32_t value;
  };
  constexpr Row kManual[] = {
      {1200, 0x0004F000},   {2400, 0x0009D000},   {4800, 0x0013B000},   {9600, 0x00275000},
      {19200, 0x004EA000},  {38400, 0x009D5000},  {57600, 0x00EBF000},  {115200, 0x01D7E000},
      {230400, 0x03AFB000}, {250000, 0x04000000}, {460800, 0x075F7000}, {1000000, 0x10000000},
  };
  for (const Row& row : kManual) EXPECT_EQ(UartBaudRate(row.baud), row.value) << row.baud;
}

TEST(NrfSettingsTest, WatchdogCountsOneTickMoreThanItsReload) {
  EXPECT_EQ(WatchdogReload(1000), 32'767u);
  EXPECT_EQ(WatchdogReload(2000), 65'535u);
  EXPECT_EQ(WatchdogReload(0), 15u);                    // The least that the hardware takes.
  EXPECT_EQ(WatchdogReload(131'072'000), 0xFFFFFFFFu);  // The most.
}

TEST(NrfSettingsTest, PdmSettingsHaveTheDividerOfTheirRegister) {
  for (const PdmSetting& setting : kPdmSettings) {
    EXPECT_EQ((uint64_t{1} << 32) / setting.clock_control, setting.divider);
  }
}

TEST(NrfSettingsTest, PdmMakesSixteenKilohertzExactly) {
  constexpr PdmSetting kSetting = NearestPdmSetting(16'000, 1'200'000, 3'250'000);
  EXPECT_EQ(kSetting.clock_control, 0x0A000000u);
  EXPECT_EQ(kSetting.ratio(), 1u);
  EXPECT_EQ(kSetting.microphone_hz(), 1'280'000);
  EXPECT_EQ(kSetting.error_ppm(16'000), 0);
}

// With 64 bits to a sample, 32 MHz / 31 is nearest: 16,129 Hz.
TEST(NrfSettingsTest, PdmKeepsToTheMicrophonesClock) {
  constexpr PdmSetting kSlow = NearestPdmSetting(16'000, 1'000'000, 1'100'000);
  EXPECT_EQ(kSlow.clock_control, 0x08400000u);
  EXPECT_EQ(kSlow.ratio(), 0u);
  EXPECT_EQ(kSlow.error_ppm(16'000), 8064);
  EXPECT_EQ(NearestPdmSetting(16'000, 2'000'000, 3'000'000).divider, 0u);
}

TEST(NrfSettingsTest, PdmGainIsInHalfDecibels) {
  EXPECT_EQ(PdmGain(-40), 0x00u);
  EXPECT_EQ(PdmGain(0), 0x28u);
  EXPECT_EQ(PdmGain(40), 0x50u);
}

}  // namespace
}  // namespace earshot::nrf
