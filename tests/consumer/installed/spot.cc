// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Listens to a second of silence with the installed model and with the one that was embedded here.
#include <earshot/embedded/tiny_conv_yes_no.h>
#include <earshot/embedded/word.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

alignas(earshot::KeywordSpotter::kMemoryAlignment) uint8_t memory[earshot::kWordSpotterBytes];

// The highest score that the model gives.
int Highest(const earshot::EmbeddedModel& embedded) {
  earshot::Model model;
  earshot::KeywordSpotter spotter;
  if (!earshot::Model::Load(embedded.bytes, &model).ok()) return -1;
  if (!earshot::KeywordSpotter::Create(model, embedded.resolver, embedded.config, memory, &spotter)
           .ok()) {
    return -1;
  }
  const int16_t silence[16000] = {};
  int highest = -1;
  for (earshot::Span<const int16_t> rest = silence; !rest.empty();) {
    earshot::KeywordSpotter::Result heard;
    if (!spotter.Feed(rest, &heard).ok()) return -1;
    rest = rest.subspan(heard.consumed);
    for (const uint8_t score : heard.scores) highest = score > highest ? score : highest;
  }
  return highest;
}

}  // namespace

int main() {
  const int installed = Highest(earshot::kTinyConvYesNo);
  const int embedded = Highest(earshot::kWord);
  const bool same = std::strcmp(earshot::kTinyConvYesNo.sha256, earshot::kWord.sha256) == 0;
  std::printf("%d %s %d, %s\n", installed, installed == embedded ? "==" : "!=", embedded,
              same ? "same model" : "another model");
  return 0;
}
