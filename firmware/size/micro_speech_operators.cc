// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// An image that loads and runs a micro_speech model (TinyConv): the runtime and the four operators
// that such a model has. It is built to be measured, as is core_runtime.cc beside it.

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

// Of unknown contents to the compiler, so that nothing is left out.
extern "C" const uint8_t earshot_size_model[];
extern "C" const uint32_t earshot_size_model_bytes;

namespace {

constexpr const earshot::Kernel* kKernels[] = {
    &earshot::reference::kReshape,
    &earshot::reference::kDepthwiseConv2DInt8,
    &earshot::reference::kFullyConnectedInt8,
    &earshot::reference::kSoftmaxInt8,
};
constexpr earshot::OperatorResolver kResolver(kKernels);

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
  earshot::Interpreter interpreter(model, kResolver, arena);
  if (!interpreter.AllocateTensors().ok()) return 2;
  return interpreter.Invoke().ok() ? 0 : 3;
}
