// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For boards whose flash holds one model only, in the slot: the operators that a model of the
// TinyConv family has, in each way that converters write it.

#include "earshot/kernels/kernels.h"
#include "firmware/apps/spotter/image_model.h"

namespace earshot {
namespace {

constexpr const Kernel* kKernels[] = {
    &kernels::kConv2DInt8, &kernels::kDepthwiseConv2DInt8, &kernels::kFullyConnectedInt8,
    &kernels::kReshape,    &kernels::kSoftmaxInt8,
};

}  // namespace

const EmbeddedModel* ImageModel() { return nullptr; }

OperatorResolver ImageOperators() { return OperatorResolver(kKernels); }

}  // namespace earshot
