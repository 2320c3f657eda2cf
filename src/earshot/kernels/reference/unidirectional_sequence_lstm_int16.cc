// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/lstm_integer.h"
#include "earshot/kernels/unidirectional_sequence_lstm.h"

namespace earshot::reference {

const Kernel kUnidirectionalSequenceLstmInt16 = {kUnidirectionalSequenceLstmInt16Key,
                                                 PrepareUnidirectionalSequenceLstmInt16,
                                                 InvokeLstmInteger<int16_t, int64_t>};

}  // namespace earshot::reference
