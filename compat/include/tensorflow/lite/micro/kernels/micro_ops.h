// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Register_<OPERATOR>(): Earshot's kernels of an operator, for all kinds of tensors, and
// Register_<OPERATOR>_<TYPE>(), e.g. Register_CONV_2D_INT8(): the one for these alone.
//
// All of them come from one list, earshot/kernels/kernel_list.inc. An image holds the kernels of
// those that it calls.
#pragma once

#include <cstddef>

#include "earshot/kernels/kernels.h"
#include "earshot/runtime/kernel.h"
#include "tensorflow/lite/micro/micro_common.h"

namespace earshot::tflm {

template <size_t kCount>
TFLMRegistration RegistrationOf(const Kernel* const (&kernels)[kCount]) {
  TFLMRegistration registration = {};
  registration.builtin_code = kernels[0]->key.op_code;
  registration.custom_name = kernels[0]->key.custom_name;
  registration.kernels = kernels;
  registration.kernel_count = kCount;
  return registration;
}

}  // namespace earshot::tflm

namespace tflite {

// Arrays that no call needs are in no image.
#define EARSHOT_TFLM_REGISTRATION(id, ...)                                       \
  inline constexpr const earshot::Kernel* const kKernels_##id[] = {__VA_ARGS__}; \
  inline TFLMRegistration Register_##id() { return earshot::tflm::RegistrationOf(kKernels_##id); }
// The reference kernels, and no faster ones.
EARSHOT_TFLM_REGISTRATION(CONV_2D_INT8REF, &earshot::reference::kConv2DInt8)
EARSHOT_TFLM_REGISTRATION(DEPTHWISE_CONV_2D_INT8REF, &earshot::reference::kDepthwiseConv2DInt8)
EARSHOT_TFLM_REGISTRATION(FULLY_CONNECTED_INT8REF, &earshot::reference::kFullyConnectedInt8)

#define EARSHOT_TFLM_OPERATOR(name, id)
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"

// Where older programs look for some of them.
namespace ops::micro {
using namespace tflite;  // NOLINT(google-build-using-namespace)
}

}  // namespace tflite
