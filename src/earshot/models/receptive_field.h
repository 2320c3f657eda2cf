// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How far back a model that remembers looks, worked out from its graph. For hosts only.
#pragma once

#include <cstdint>

#include "earshot/runtime/model.h"

namespace earshot {

// How far back in the audio an answer of the model reaches, in ms, from the end of its input: what
// one input holds (`window_ms`) and what the variables on the way to the first output keep of
// earlier ones, one every `period_ms`. A variable is understood when it is a queue (what is read of
// it is put together with something new, and the newest part of that assigned) or keeps one
// inference's value for the next.
//
// 0: unknown, since a variable is neither (its values may depend on all of the past) or there is
// nothing on the way. Precondition: the model is loaded; both times are at least 1.
int32_t ReceptiveFieldMs(const Model& model, int32_t window_ms, int32_t period_ms);

}  // namespace earshot
