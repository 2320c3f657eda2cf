// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the image itself brings: a model, where flash has room for one beside the model slot, and
// the operators for it and for what lies in the slot. The build links one of three definitions
// (EARSHOT_IMAGE_MODEL of the board, or EARSHOT_OWN_MODEL of who builds).
#pragma once

#include <type_traits>

#include "earshot/app/log_mel_spotter.h"
#include "earshot/models/embedded_model.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/runtime/operator_resolver.h"
#ifdef EARSHOT_HAS_OWN_MODEL
#include "earshot/embedded/own_model.h"
#else
#include "earshot/embedded/tiny_conv_yes_no.h"
#endif

namespace earshot {

// A spotter on the front end of the image's model, the only front end that the image has, and as
// much memory as that model takes, wherever a model lies.
#ifdef EARSHOT_HAS_OWN_MODEL
using ImageSpotter = OwnModelSpotter;
constexpr size_t kImageSpotterBytes = kOwnModelSpotterBytes;
#else
using ImageSpotter = TinyConvYesNoSpotter;
constexpr size_t kImageSpotterBytes = kTinyConvYesNoSpotterBytes;
#endif
constexpr bool kImageIsLogMel = std::is_same_v<ImageSpotter, LogMelSpotter>;

// A slot for that front end.
inline Status OpenImageSlot(Span<const uint8_t> region, ModelSlot* slot) {
  if constexpr (kImageIsLogMel) return OpenLogMelSlot(region, slot);
  return OpenModelSlot(region, slot);
}
inline SpotterConfig ImageSlotConfig(const ModelSlot& slot) {
  if constexpr (kImageIsLogMel) return slot.log_mel_config();
  return slot.config();
}

// Null: the image has no model.
const EmbeddedModel* ImageModel();

OperatorResolver ImageOperators();

}  // namespace earshot
