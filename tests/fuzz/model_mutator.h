// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Changes model files where they say something: most of what comes out is still a flatbuffer, so
// it gets past the verifier, to the rules behind it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::test {

// Changes one or two things of the file in `bytes`, in place or at an end that grows to at most
// `most` bytes, and returns how many bytes it has then. What is changed, the seed says: a number,
// an element or the length of a vector, where an offset leads, whether a field is there, the order
// of two elements, a vector as a whole. The bytes may be anything; of what is no flatbuffer any
// word is changed.
size_t MutateModel(uint8_t* bytes, size_t size, size_t most, uint32_t seed);

}  // namespace earshot::test
