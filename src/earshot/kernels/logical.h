// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LOGICAL_AND, LOGICAL_OR (with broadcasting) and LOGICAL_NOT, of bool. REDUCE_ALL is the first of
// all elements along some axes (earshot/kernels/reduction.h).
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/elementwise.h"
#include "earshot/kernels/reduction.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kLogicalAndKey(BuiltinOperator::LOGICAL_AND, TensorType::BOOL);
constexpr KernelKey kLogicalOrKey(BuiltinOperator::LOGICAL_OR, TensorType::BOOL);
constexpr KernelKey kLogicalNotKey(BuiltinOperator::LOGICAL_NOT, TensorType::BOOL);
// Limits: constant axes, up to 8 axes in all.
constexpr KernelKey kReduceAllKey(BuiltinOperator::REDUCE_ALL, TensorType::BOOL);

// Each checks its operator and leaves as its data: LOGICAL_AND and LOGICAL_OR a Broadcast,
// LOGICAL_NOT an Elementwise, REDUCE_ALL a Reduction.
//
// kInvalidModel: shapes that do not go together. kUnsupported: another type than bool, and see
//   MakeBroadcast() and MakeReduction().
Verdict PrepareLogicalPair(PrepareContext& context);
Verdict PrepareLogicalNot(PrepareContext& context);
Verdict PrepareReduceAll(PrepareContext& context);

}  // namespace earshot
