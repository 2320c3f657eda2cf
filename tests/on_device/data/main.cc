// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Makes the data of the tests on devices: make_on_device_data FOLDER

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "tests/on_device/data/make_data.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_on_device_data FOLDER\n");
    return 2;
  }
  const std::string folder = std::string(argv[1]) + "/";
  try {
    std::filesystem::create_directories(folder);
    earshot::test::MakeFrontendData(folder);
    earshot::test::MakeLogMelData(folder);
    earshot::test::MakeKernelData(folder);
    earshot::test::MakeModelData(folder);
    earshot::test::MakeInterpreterData(folder);
    earshot::test::MakeRecognizerData(folder);
    earshot::test::MakeSpotterData(folder);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_on_device_data: %s\n", error.what());
    return 1;
  }
  return 0;
}
