// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a packed model slot, as they are and with both checksums made right; what opens is
// used, to the spotter that hears a moment.

#include <cstring>
#include <string>
#include <vector>

#include "earshot/app/any_spotter.h"
#include "earshot/earshot.h"
#include "earshot/host/models/slot_report.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/models/slot/slot_layout.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/model_cost.h"
#include "tests/models/slot_fixture.h"

namespace earshot::test {
namespace {

constexpr double kMostCost = 1e5;
constexpr size_t kMostMemory = 16 << 20;
constexpr size_t kHeardSamples = 2000;

void Hear(const ModelSlot& slot) {
  Model model;
  if (!Model::Load(slot.model_bytes(), &model).ok() || InferenceCost(model) > kMostCost) return;
  for (size_t i = 0; i < model.operator_count(0); ++i) {
    if (model.operator_code(model.op(0, i)) == BuiltinOperator::WHILE) return;
  }
  AlignedBytes memory;
  AnySpotter spotter;
  try {
    const Status status = CreateInEnoughMemory(
        "slot",
        [&](Span<uint8_t> block) {
          return AnySpotter::Create(model, AllKernelsResolver(), slot.any_config(), block,
                                    &spotter);
        },
        &memory);
    if (!status.ok()) return;
  } catch (const ModelError&) {
    return;  // It needs too much.
  }
  const std::vector<int16_t> sound(kHeardSamples, 1000);
  Span<const int16_t> rest = sound;
  AnySpotter::Result result;
  do {
    Require(spotter.Feed(rest, &result).ok(), "a spotter hears");
    rest = rest.subspan(result.consumed);
  } while (!rest.empty());
}

void Open(Span<const uint8_t> region) {
  ModelSlot slot;
  const bool is_standard = OpenModelSlot(region, &slot).ok();
  const bool is_log_mel = OpenLogMelSlot(region, &slot).ok();
  const bool is_any = OpenAnySlot(region, &slot).ok();
  Require(is_any == (is_standard || is_log_mel) && !(is_standard && is_log_mel),
          "a slot is for one front end");
  Require(slot.opened() == is_any, "a slot that is refused shows nothing");

  constexpr int32_t kMostLabels = 8;
  const char* labels[kMostLabels] = {};
  earshot_config config = {};
  config.struct_bytes = sizeof(config);
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.kernels = earshot_all_kernels();
  const earshot_status status =
      earshot_open_slot(region.data(), region.size(), labels, kMostLabels, &config, &model);
  Require(status.code != EARSHOT_OK || is_standard, "C opens what is for the standard front end");
  if (!is_any) return;

  Require(std::strlen(slot.name()) < kSlotNameBytes, "a name ends");
  for (size_t i = 0; i < slot.label_count(); ++i) {
    Require(std::strlen(slot.label(i)) < kSlotMostLabelBytes, "a label ends");
  }
  Require(slot.bytes().size() <= region.size(), "a slot lies in its region");
  Require(!host::SlotText(slot).empty() && !host::SlotJson(slot).empty(), "a slot can be told");
  Hear(slot);
}

void TrySlot(Span<const uint8_t> bytes) {
  SetMaxMemory(kMostMemory);
  AlignedBytes region(bytes);
  if (!region.span().empty()) ModelSlotIsEmpty(region.span());
  Open(region.span());
  if (bytes.size() < kSlotHeaderBytes) return;
  const uint32_t total = Word(region.span(), kSlotTotalBytesAt);
  if (total < kSlotHeaderBytes || total > bytes.size()) return;
  Seal(region.span(), total);
  Open(region.span());
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::TrySlot({bytes, size});
  return 0;
}
