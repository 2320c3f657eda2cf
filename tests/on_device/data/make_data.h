// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the tests on devices compare with: recorded data, and what this host computes. Each function
// writes files of fields, whose order stands in the test that reads them, into `folder` (with a
// slash at its end), and throws where it cannot.
//
// Parts that come from the larger test data are left out where that is absent.
#pragma once

#include <string>
#include <vector>

#include "earshot/base/status.h"
#include "tests/on_device/data/field_writer.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

void MakeFrontendData(const std::string& folder);
void MakeLogMelData(const std::string& folder);
void MakeKernelData(const std::string& folder);
void MakeModelData(const std::string& folder);
void MakeInterpreterData(const std::string& folder);
void MakeRecognizerData(const std::string& folder);
void MakeSpotterData(const std::string& folder);

// A model, of one operator wherever that can be, and the inputs that it is to run on.
struct KernelCase {
  std::string name;
  ModelBuilder model;
  std::vector<std::vector<uint8_t>> inputs;
};

// At least three of every kernel that there is.
std::vector<KernelCase> ArithmeticFloat32Cases();
std::vector<KernelCase> ArithmeticInt8Cases();
std::vector<KernelCase> ConvolutionCases();
std::vector<KernelCase> OtherInt8Cases();
std::vector<KernelCase> OtherFloat32Cases();
std::vector<KernelCase> MovementCases();
std::vector<KernelCase> RecurrentCases();
std::vector<KernelCase> SelectionCases();
std::vector<KernelCase> ActivationCases();
std::vector<KernelCase> SignalCases();
std::vector<KernelCase> StreamCases();
std::vector<KernelCase> ControlFlowCases();
std::vector<KernelCase> ArrangementCases();
std::vector<KernelCase> ComparisonCases();
std::vector<KernelCase> WideCases();
std::vector<KernelCase> WeightTypeCases();
std::vector<KernelCase> IntegerTypeCases();
std::vector<KernelCase> Uint8Cases();
std::vector<KernelCase> DetectionCases();
std::vector<KernelCase> DecodeCases();

// All of these.
std::vector<std::vector<KernelCase>> AllKernelCases();

// All of a Status: its numbers, then its text.
void WriteStatus(FieldWriter& writer, const Status& status);

}  // namespace earshot::test
