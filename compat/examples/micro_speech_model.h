// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A keyword model on int8[49][40] features. The build makes it of models/tiny_conv_yes_no.
#pragma once

constexpr int kMicroSpeechLabelCount = 4;
constexpr const char* kMicroSpeechLabels[kMicroSpeechLabelCount] = {"silence", "unknown", "yes",
                                                                    "no"};

extern const unsigned char g_micro_speech_model[];
