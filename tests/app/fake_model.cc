// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/app/fake_model.h"

#include <algorithm>

#include "tests/support/model_builder.h"

namespace earshot {
namespace {

struct FakeData {
  int32_t input_count;
  int32_t output_count;
};

Verdict PrepareFake(PrepareContext& context) {
  context.SetData(FakeData{context.input(0).count(), context.output(0).count()});
  return Verdict::Ok();
}

void InvokeFake(const InvokeContext& context) {
  const FakeData& data = context.data<FakeData>();
  const auto* features = context.input<int8_t>(0);
  auto* scores = context.output<int8_t>(0);
  int32_t sum = 0;
  for (int32_t i = 0; i < data.input_count; ++i) sum += features[i] + 128;
  const int32_t mean = std::min(3 * sum / data.input_count, 255);
  const int32_t answers[] = {255 - mean, (features[data.input_count - 1] + 128) / 4, mean,
                             FakeHash({features, static_cast<size_t>(data.input_count)})};
  for (int32_t i = 0; i < data.output_count; ++i) {
    scores[i] = static_cast<int8_t>(answers[i % 4] - 128);
  }
}

constexpr Kernel kFake = {KernelKey(BuiltinOperator::FULLY_CONNECTED, TensorType::INT8),
                          &PrepareFake, &InvokeFake};
constexpr const Kernel* kKernels[] = {&kFake};
constexpr OperatorResolver kResolver(kKernels);

std::vector<int32_t> Numbered(size_t first, size_t count) {
  std::vector<int32_t> numbers;
  for (size_t i = 0; i < count; ++i) numbers.push_back(static_cast<int32_t>(first + i));
  return numbers;
}

}  // namespace

const OperatorResolver& FakeResolver() { return kResolver; }

uint8_t FakeHash(Span<const int8_t> features) {
  uint32_t hash = 1;
  for (const int8_t feature : features) hash = (hash ^ static_cast<uint8_t>(feature)) * 16777619u;
  return static_cast<uint8_t>(hash >> 26);
}

AlignedBytes BuildFakeModel(const FakeModelOptions& options) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<FakeTensor> described = options.inputs;
  described.insert(described.end(), options.outputs.begin(), options.outputs.end());
  std::vector<flatbuffers::Offset<schema::Tensor>> tensors;
  for (const FakeTensor& tensor : described) {
    const auto shape = builder.CreateVector(tensor.shape);
    const auto scales = builder.CreateVector(tensor.scales);
    const auto zero_points = builder.CreateVectorOfStructs(test::Int64s(tensor.zero_points));
    const auto quantization = schema::CreateQuantizationParameters(builder, scales, zero_points);
    tensors.push_back(schema::CreateTensor(builder, shape, tensor.type, 0, 0, quantization));
  }
  const std::vector<int32_t> inputs = Numbered(0, options.inputs.size());
  const std::vector<int32_t> outputs = Numbered(options.inputs.size(), options.outputs.size());
  const auto code =
      schema::CreateOperatorCode(builder, static_cast<int8_t>(options.op), 0, 1, options.op);
  const auto op = schema::CreateOperator(builder, 0, builder.CreateVector(inputs),
                                         builder.CreateVector(outputs));
  const auto graph =
      schema::CreateSubGraph(builder, builder.CreateVector(tensors), builder.CreateVector(inputs),
                             builder.CreateVector(outputs), builder.CreateVector(&op, 1));
  const auto buffer = schema::CreateBuffer(builder);
  const auto model =
      schema::CreateModel(builder, 3, builder.CreateVector(&code, 1),
                          builder.CreateVector(&graph, 1), 0, builder.CreateVector(&buffer, 1));
  schema::FinishModelBuffer(builder, model);
  return AlignedBytes(std::vector<uint8_t>(builder.GetBufferPointer(),
                                           builder.GetBufferPointer() + builder.GetSize()));
}

}  // namespace earshot
