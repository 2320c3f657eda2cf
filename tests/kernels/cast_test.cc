// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CAST between all of its types.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::RunResult;

template <typename T>
constexpr TensorType kTypeOf = TensorType::FLOAT32;
template <>
constexpr TensorType kTypeOf<int8_t> = TensorType::INT8;
template <>
constexpr TensorType kTypeOf<uint8_t> = TensorType::UINT8;
template <>
constexpr TensorType kTypeOf<int16_t> = TensorType::INT16;
template <>
constexpr TensorType kTypeOf<int32_t> = TensorType::INT32;
template <>
constexpr TensorType kTypeOf<uint32_t> = TensorType::UINT32;
template <>
constexpr TensorType kTypeOf<int64_t> = TensorType::INT64;

template <typename To>
RunResult RunCast(TensorType from, TensorType to, size_t count, const std::vector<uint8_t>& bytes) {
  test::ModelBuilder builder;
  const test::Shape shape = {static_cast<int32_t>(count)};
  const int input = builder.AddTensor({shape, from});
  const int output = builder.AddTensor({shape, to});
  builder.AddOperator(BuiltinOperator::CAST, {input}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return test::RunModel(builder, {bytes});
}

// What is wanted of a whole number: its low bits, or the nearest float.
template <typename To>
To Wanted(__int128 number) {
  if constexpr (std::is_floating_point_v<To>) {
    return static_cast<To>(static_cast<long double>(number));
  } else {
    const __int128 range = static_cast<__int128>(1) << (8 * sizeof(To));
    __int128 rest = number % range;
    if (rest > std::numeric_limits<To>::max()) rest -= range;
    if (rest < std::numeric_limits<To>::min()) rest += range;
    return static_cast<To>(rest);
  }
}

template <typename From, typename To>
void ExpectWholeNumbersCast(const std::vector<From>& numbers) {
  SCOPED_TRACE(std::string("to ") + schema::EnumNameTensorType(kTypeOf<To>));
  const RunResult result =
      RunCast<To>(kTypeOf<From>, kTypeOf<To>, numbers.size(), BytesOf(numbers));
  ASSERT_RAN(result);
  std::vector<To> wanted;
  for (const From number : numbers) wanted.push_back(Wanted<To>(number));
  EXPECT_EQ(result.As<To>(), wanted);
}

template <typename From>
void ExpectCastToAll() {
  SCOPED_TRACE(std::string("from ") + schema::EnumNameTensorType(kTypeOf<From>));
  using Limits = std::numeric_limits<From>;
  const std::vector<From> numbers = {Limits::min(),
                                     Limits::max(),
                                     From{0},
                                     From{1},
                                     From{100},
                                     static_cast<From>(Limits::max() / 3),
                                     static_cast<From>(Limits::min() / 7 + 5)};
  ExpectWholeNumbersCast<From, int8_t>(numbers);
  ExpectWholeNumbersCast<From, uint8_t>(numbers);
  ExpectWholeNumbersCast<From, int16_t>(numbers);
  ExpectWholeNumbersCast<From, int32_t>(numbers);
  ExpectWholeNumbersCast<From, uint32_t>(numbers);
  ExpectWholeNumbersCast<From, int64_t>(numbers);
  ExpectWholeNumbersCast<From, float>(numbers);
  const RunResult result =
      RunCast<uint8_t>(kTypeOf<From>, TensorType::BOOL, numbers.size(), BytesOf(numbers));
  ASSERT_RAN(result);
  for (size_t i = 0; i < numbers.size(); ++i) {
    EXPECT_EQ(result.outputs[0][i], numbers[i] == 0 ? 0 : 1);
  }
}

TEST(CastTest, WholeNumbers) {
  ExpectCastToAll<int8_t>();
  ExpectCastToAll<uint8_t>();
  ExpectCastToAll<int16_t>();
  ExpectCastToAll<int32_t>();
  ExpectCastToAll<uint32_t>();
  ExpectCastToAll<int64_t>();
}

template <typename To>
void ExpectFloatsCast() {
  SCOPED_TRACE(schema::EnumNameTensorType(kTypeOf<To>));
  using Limits = std::numeric_limits<To>;
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const std::vector<float> numbers = {0.0f,    0.9f,      -0.9f,      1.5f,         -1.5f, 127.9f,
                                      -128.9f, 3e4f,      -3e4f,      3e9f,         -3e9f, 1e19f,
                                      -1e19f,  kInfinity, -kInfinity, std::nanf("")};
  const RunResult result =
      RunCast<To>(TensorType::FLOAT32, kTypeOf<To>, numbers.size(), BytesOf(numbers));
  ASSERT_RAN(result);
  std::vector<To> wanted;
  for (const float number : numbers) {
    const long double whole = std::trunc(static_cast<long double>(number));
    wanted.push_back(std::isnan(number)                                 ? To{0}
                     : whole >= static_cast<long double>(Limits::max()) ? Limits::max()
                     : whole <= static_cast<long double>(Limits::min()) ? Limits::min()
                                                                        : static_cast<To>(whole));
  }
  EXPECT_EQ(result.As<To>(), wanted);
}

TEST(CastTest, FloatsGoTowardZeroAndStayInside) {
  ExpectFloatsCast<int8_t>();
  ExpectFloatsCast<uint8_t>();
  ExpectFloatsCast<int16_t>();
  ExpectFloatsCast<int32_t>();
  ExpectFloatsCast<uint32_t>();
  ExpectFloatsCast<int64_t>();
  const std::vector<float> numbers = {0.0f, -0.0f, 0.25f, -3.0f};
  const auto same = RunCast<float>(TensorType::FLOAT32, TensorType::FLOAT32, 4, BytesOf(numbers));
  const auto truths = RunCast<uint8_t>(TensorType::FLOAT32, TensorType::BOOL, 4, BytesOf(numbers));
  ASSERT_RAN(same);
  ASSERT_RAN(truths);
  EXPECT_EQ(same.As<float>(), numbers);
  EXPECT_EQ(truths.outputs[0], (std::vector<uint8_t>{0, 0, 1, 1}));
}

TEST(CastTest, Truths) {
  const std::vector<uint8_t> truths = {0, 1, 1};
  const auto numbers = RunCast<int32_t>(TensorType::BOOL, TensorType::INT32, 3, truths);
  const auto reals = RunCast<float>(TensorType::BOOL, TensorType::FLOAT32, 3, truths);
  ASSERT_RAN(numbers);
  ASSERT_RAN(reals);
  EXPECT_EQ(numbers.As<int32_t>(), (std::vector<int32_t>{0, 1, 1}));
  EXPECT_EQ(reals.As<float>(), (std::vector<float>{0.0f, 1.0f, 1.0f}));
}

}  // namespace
}  // namespace earshot
