// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// An image that loads a model, lays out its memory and runs it, without any operator: what the
// runtime itself takes of a microcontroller's flash. It is built to be measured; run, it ends with
// the Status of the first operator, which is not registered. With EARSHOT_SIZE_WITHOUT_VERIFIER
// defined, the model counts as verified when the image was built.

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

// Of unknown contents to the compiler, so that nothing is left out.
extern "C" const uint8_t earshot_size_model[];
extern "C" const uint32_t earshot_size_model_bytes;

namespace {

alignas(earshot::kArenaAlignment) uint8_t arena[8192];

}  // namespace

int main() {
  const earshot::Span<const uint8_t> bytes(earshot_size_model, earshot_size_model_bytes);
#ifdef EARSHOT_SIZE_WITHOUT_VERIFIER
  const earshot::Model model = earshot::Model::LoadVerified(bytes);
#else
  earshot::Model model;
  if (!earshot::Model::Load(bytes, &model).ok()) return 1;
#endif
  earshot::Interpreter interpreter(model, earshot::OperatorResolver(), arena);
  if (!interpreter.AllocateTensors().ok()) return 2;
  return interpreter.Invoke().ok() ? 0 : 3;
}
