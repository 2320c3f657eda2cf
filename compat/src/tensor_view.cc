// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensor_view.h"

#include <iterator>

namespace earshot::tflm {
namespace {

constexpr TfLiteType kTypes[] = {
    kTfLiteFloat32, kTfLiteFloat16,    kTfLiteInt32,  kTfLiteUInt8,     kTfLiteInt64,
    kTfLiteString,  kTfLiteBool,       kTfLiteInt16,  kTfLiteComplex64, kTfLiteInt8,
    kTfLiteFloat64, kTfLiteComplex128, kTfLiteUInt64, kTfLiteResource,  kTfLiteVariant,
    kTfLiteUInt32,  kTfLiteUInt16,     kTfLiteInt4};
static_assert(kTypes[static_cast<size_t>(TensorType::INT8)] == kTfLiteInt8);
static_assert(kTypes[static_cast<size_t>(TensorType::VARIANT)] == kTfLiteVariant);
static_assert(std::size(kTypes) == static_cast<size_t>(TensorType::INT4) + 1);

TfLiteType TypeOf(TensorType type) {
  const auto number = static_cast<size_t>(type);
  return number < std::size(kTypes) ? kTypes[number] : kTfLiteNoType;
}

// A vector in the file is a count and the elements behind it, as these structs are. Nobody writes
// to it: the interface has no const.
template <typename Array, typename T>
Array* ArrayOf(Span<const T> elements) {
  static constexpr int32_t kEmpty = 0;
  const void* const begin = elements.empty() ? static_cast<const void*>(&kEmpty)
                                             : static_cast<const void*>(elements.data() - 1);
  return static_cast<Array*>(const_cast<void*>(begin));
}

void* ContentsOf(const TensorInfo& info) {
  return info.is_constant() ? const_cast<uint8_t*>(info.data.data()) : nullptr;
}

bool DescribeQuantization(const TensorInfo& info, const Memory& memory, TfLiteTensor* tensor) {
  if (info.scales.empty()) return true;
  tensor->params = {info.scale(), info.zero_point()};
  void* const params = memory.allocate(memory.user, sizeof(TfLiteAffineQuantization));
  void* const numbers =
      memory.allocate(memory.user, sizeof(TfLiteIntArray) + info.zero_points.size() * sizeof(int));
  if (params == nullptr || numbers == nullptr) return false;
  auto* const zero_points = static_cast<TfLiteIntArray*>(numbers);
  zero_points->size = static_cast<int>(info.zero_points.size());
  for (size_t i = 0; i < info.zero_points.size(); ++i) {
    zero_points->data[i] = static_cast<int>(ValueOf(info.zero_points[i]));
  }
  auto* const quantization = static_cast<TfLiteAffineQuantization*>(params);
  quantization->scale = ArrayOf<TfLiteFloatArray>(info.scales);
  quantization->zero_point = zero_points;
  quantization->quantized_dimension = info.quantized_dimension;
  tensor->quantization = {kTfLiteAffineQuantization, quantization};
  return true;
}

}  // namespace

TfLiteIntArray* IntArrayOf(Span<const int32_t> numbers) { return ArrayOf<TfLiteIntArray>(numbers); }

TfLiteIntArray* DimsOf(const TensorInfo& info) { return IntArrayOf(info.shape); }

TfLiteEvalTensor EvalTensorOf(const TensorInfo& info) {
  TfLiteEvalTensor tensor = {};
  tensor.data.data = ContentsOf(info);
  tensor.dims = DimsOf(info);
  tensor.type = TypeOf(info.type);
  return tensor;
}

bool DescribeTensor(const TensorInfo& info, const Memory& memory, TfLiteTensor* tensor) {
  *tensor = {};
  tensor->data.data = ContentsOf(info);
  tensor->dims = DimsOf(info);
  tensor->bytes = info.is_constant() ? info.data.size() : info.bytes;
  tensor->type = TypeOf(info.type);
  tensor->allocation_type = info.is_constant() ? kTfLiteMmapRo : kTfLiteArenaRw;
  tensor->is_variable = info.is_variable;
  return DescribeQuantization(info, memory, tensor);
}

}  // namespace earshot::tflm
