// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/logistic.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/logistic.h"

namespace earshot::reference {
namespace {

void InvokeLogisticFloat32(const InvokeContext& context) {
  InvokeElementwiseFloat32(context, Sigmoid);
}

}  // namespace

const Kernel kLogisticFloat32 = {kLogisticFloat32Key, PrepareElementwiseFloat32,
                                 InvokeLogisticFloat32};

}  // namespace earshot::reference
