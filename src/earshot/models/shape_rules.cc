// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/shape_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

namespace earshot {
namespace {

using Code = BuiltinOperator;

// Thrown here and caught here.
struct Wrong {
  std::string text;
};

// Of the format, for an options table that nothing else reads.
constexpr int kSqueezeOptions = 30;
constexpr flatbuffers::voffset_t kSqueezeDims = 4;

// Those whose output looks like their first input.
constexpr Code kSameShape[] = {Code::ABS,
                               Code::CAST,
                               Code::CEIL,
                               Code::COS,
                               Code::DEQUANTIZE,
                               Code::ELU,
                               Code::EXP,
                               Code::FLOOR,
                               Code::GELU,
                               Code::HARD_SWISH,
                               Code::LEAKY_RELU,
                               Code::LOG,
                               Code::LOGISTIC,
                               Code::NEG,
                               Code::LOG_SOFTMAX,
                               Code::QUANTIZE,
                               Code::RELU,
                               Code::RELU6,
                               Code::ROUND,
                               Code::RELU_0_TO_1,
                               Code::RSQRT,
                               Code::SIN,
                               Code::SOFTMAX,
                               Code::SQRT,
                               Code::RELU_N1_TO_1,
                               Code::SQUARE,
                               Code::TANH,
                               Code::ZEROS_LIKE,
                               Code::L2_NORMALIZATION};

// Those that broadcast two inputs.
constexpr Code kBroadcast[] = {Code::ADD,     Code::DIV, Code::FLOOR_DIV, Code::FLOOR_MOD,
                               Code::MAXIMUM, Code::MUL, Code::MINIMUM,   Code::SQUARED_DIFFERENCE,
                               Code::POW,     Code::SUB, Code::PRELU};

constexpr Code kReduce[] = {Code::MEAN, Code::SUM, Code::REDUCE_MAX, Code::REDUCE_MIN,
                            Code::REDUCE_PROD};

template <size_t kCount>
bool Holds(const Code (&codes)[kCount], Code code) {
  return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

int32_t Checked(int64_t extent) {
  if (extent >= 0 && extent <= INT32_MAX) return static_cast<int32_t>(extent);
  throw Wrong{fmt::format("extent: found {}, wanted 0 to 2^31 - 1", extent)};
}

int64_t CountOf(const TensorShape& shape) {
  int64_t count = 1;
  for (const int32_t extent : shape) count = Checked(count * Checked(extent));
  return count;
}

const TensorShape& Input(const ReshapedOperator& op, size_t i, size_t rank = 0) {
  if (i >= op.inputs.size()) throw Wrong{fmt::format("input {}: found none, wanted one", i)};
  if (rank != 0 && op.inputs[i].size() != rank) {
    throw Wrong{
        fmt::format("input {}: found {} dimensions, wanted {}", i, op.inputs[i].size(), rank)};
  }
  return op.inputs[i];
}

// The constant int32 input `i`, of which nobody may have verified size and alignment.
std::vector<int32_t> Constant(const ReshapedOperator& op, size_t i) {
  if (op.op.names_input(i)) {
    const TensorInfo tensor = op.op.input(i);
    if (tensor.data.size() >= sizeof(int32_t) && tensor.type == TensorType::INT32) {
      std::vector<int32_t> numbers(tensor.data.size() / sizeof(int32_t));
      std::memcpy(numbers.data(), tensor.data.data(), numbers.size() * sizeof(int32_t));
      return numbers;
    }
  }
  throw Wrong{fmt::format("input {}: found no constant of int32, wanted one", i)};
}

// An axis, counted from the front. `rank`: how many there are.
size_t Axis(int32_t axis, size_t rank) {
  const int64_t from_front = axis < 0 ? int64_t{axis} + static_cast<int64_t>(rank) : axis;
  if (from_front < 0 || from_front >= static_cast<int64_t>(rank)) {
    throw Wrong{fmt::format("axis: found {}, wanted one of {}", axis, rank)};
  }
  return static_cast<size_t>(from_front);
}

TensorShape Broadcast(const TensorShape& a, const TensorShape& b) {
  TensorShape shape(std::max(a.size(), b.size()), 1);
  for (size_t i = 0; i < shape.size(); ++i) {
    const int32_t in_a = i < a.size() ? a[a.size() - 1 - i] : 1;
    const int32_t in_b = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (in_a != in_b && in_a != 1 && in_b != 1) {
      throw Wrong{fmt::format("inputs: found [{}] and [{}], wanted extents that are equal or 1",
                              fmt::join(a, ","), fmt::join(b, ","))};
    }
    shape[shape.size() - 1 - i] = in_a == 1 ? in_b : in_a;
  }
  return shape;
}

// How many places a window has along an axis.
int32_t Places(int32_t input, int32_t filter, int32_t stride, int32_t dilation,
               schema::Padding padding) {
  if (stride < 1 || dilation < 1 || filter < 1) {
    throw Wrong{"window: found a size, stride or dilation below 1, wanted at least 1"};
  }
  if (padding == schema::Padding::SAME) {
    return static_cast<int32_t>((int64_t{input} + stride - 1) / stride);
  }
  const int64_t reach = int64_t{filter - 1} * dilation + 1;
  if (input < reach) {
    throw Wrong{fmt::format(
        "input: found {} along an axis, wanted at least {}, the filter's length", input, reach)};
  }
  return static_cast<int32_t>((input - reach) / stride + 1);
}

template <typename Options>
const Options& OptionsOf(const ReshapedOperator& op) {
  const auto* options = op.op.options<Options>();
  if (options == nullptr) throw Wrong{"options: found none, wanted some"};
  return *options;
}

// Filters are [output channels, height, width, ...]; of DEPTHWISE_CONV_2D [1, height, width,
// output channels].
template <typename Options>
TensorShape Convolution(const ReshapedOperator& op, size_t channel_axis) {
  const auto& options = OptionsOf<Options>(op);
  const TensorShape& image = Input(op, 0, 4);
  const TensorShape& filter = Input(op, 1, 4);
  return {image[0],
          Places(image[1], filter[1], options.stride_h(), options.dilation_h_factor(),
                 options.padding()),
          Places(image[2], filter[2], options.stride_w(), options.dilation_w_factor(),
                 options.padding()),
          filter[channel_axis]};
}

TensorShape Pool(const ReshapedOperator& op) {
  const auto& options = OptionsOf<schema::Pool2DOptions>(op);
  const TensorShape& image = Input(op, 0, 4);
  return {
      image[0],
      Places(image[1], options.filter_height(), options.stride_h(), 1, options.padding()),
      Places(image[2], options.filter_width(), options.stride_w(), 1, options.padding()),
      image[3],
  };
}

TensorShape FullyConnected(const ReshapedOperator& op) {
  const TensorShape& weights = Input(op, 1, 2);
  const auto* options = op.op.options<schema::FullyConnectedOptions>();
  TensorShape shape = Input(op, 0);
  const int64_t count = CountOf(shape);
  if (weights[1] < 1 || count % weights[1] != 0) {
    throw Wrong{
        fmt::format("input: found {} elements, wanted a multiple of {}", count, weights[1])};
  }
  if (options != nullptr && options->keep_num_dims() && !shape.empty()) {
    shape.back() = weights[0];
    return shape;
  }
  return {static_cast<int32_t>(count / weights[1]), weights[0]};
}

TensorShape BatchMatMul(const ReshapedOperator& op) {
  TensorShape a = Input(op, 0);
  TensorShape b = Input(op, 1);
  if (a.size() < 2 || b.size() < 2) throw Wrong{"inputs: found a vector, wanted matrices"};
  const auto* options = op.op.options<schema::BatchMatMulOptions>();
  if (options != nullptr && options->adj_x()) std::swap(a.back(), a[a.size() - 2]);
  if (options != nullptr && options->adj_y()) std::swap(b.back(), b[b.size() - 2]);
  const int32_t rows = a[a.size() - 2];
  const int32_t columns = b.back();
  TensorShape shape = Broadcast({a.begin(), a.end() - 2}, {b.begin(), b.end() - 2});
  shape.push_back(rows);
  shape.push_back(columns);
  return shape;
}

TensorShape Reduced(const ReshapedOperator& op) {
  const TensorShape& input = Input(op, 0);
  const auto* options = op.op.options<schema::ReducerOptions>();
  const bool keep = options != nullptr && options->keep_dims();
  std::vector<bool> is_reduced(input.size(), false);
  for (const int32_t axis : Constant(op, 1)) is_reduced[Axis(axis, input.size())] = true;
  TensorShape shape;
  for (size_t i = 0; i < input.size(); ++i) {
    if (!is_reduced[i]) shape.push_back(input[i]);
    if (is_reduced[i] && keep) shape.push_back(1);
  }
  return shape;
}

TensorShape Padded(const ReshapedOperator& op) {
  TensorShape shape = Input(op, 0);
  const std::vector<int32_t> paddings = Constant(op, 1);
  if (paddings.size() != 2 * shape.size()) throw Wrong{"paddings: wanted two for each axis"};
  for (size_t i = 0; i < shape.size(); ++i) {
    shape[i] = Checked(int64_t{shape[i]} + paddings[2 * i] + paddings[2 * i + 1]);
  }
  return shape;
}

TensorShape Transposed(const ReshapedOperator& op) {
  const TensorShape& input = Input(op, 0);
  const std::vector<int32_t> order = Constant(op, 1);
  if (order.size() != input.size()) throw Wrong{"order: wanted one number for each axis"};
  TensorShape shape;
  for (const int32_t axis : order) shape.push_back(input[Axis(axis, input.size())]);
  return shape;
}

TensorShape Expanded(const ReshapedOperator& op) {
  TensorShape shape = Input(op, 0);
  const std::vector<int32_t> axis = Constant(op, 1);
  if (axis.size() != 1) throw Wrong{"axis: wanted one number"};
  const size_t place = Axis(axis[0], shape.size() + 1);
  shape.insert(shape.begin() + static_cast<ptrdiff_t>(place), 1);
  return shape;
}

// Which axes SQUEEZE takes away; empty: all of extent 1. The core does not need to know, so these
// options are no part of its description of the format, and nothing has verified them.
std::vector<int32_t> SqueezedAxes(const OperatorView& op) {
  const auto* const options = static_cast<const flatbuffers::Table*>(op.op().builtin_options());
  if (options == nullptr || static_cast<int>(op.op().builtin_options_type()) != kSqueezeOptions) {
    return {};
  }
  const Span<const uint8_t> file = op.model().bytes();
  flatbuffers::Verifier verifier(file.data(), file.size());
  if (options->VerifyTableStart(verifier) && options->VerifyOffset(verifier, kSqueezeDims)) {
    const auto* dims = options->GetPointer<const flatbuffers::Vector<int32_t>*>(kSqueezeDims);
    if (dims == nullptr) return {};
    if (verifier.VerifyVector(dims)) return {dims->begin(), dims->end()};
  }
  throw Wrong{"options: damaged"};
}

TensorShape Squeezed(const ReshapedOperator& op) {
  const TensorShape& input = Input(op, 0);
  const std::vector<int32_t> axes = SqueezedAxes(op.op);
  std::vector<bool> is_squeezed(input.size(), false);
  for (const int32_t axis : axes) is_squeezed[Axis(axis, input.size())] = true;
  TensorShape shape;
  for (size_t i = 0; i < input.size(); ++i) {
    if (is_squeezed[i] && input[i] != 1) {
      throw Wrong{fmt::format("axis {}: found {}, wanted 1", i, input[i])};
    }
    if (!is_squeezed[i] && (input[i] != 1 || !axes.empty())) shape.push_back(input[i]);
  }
  return shape;
}

// To what the constant beside it says, of which one extent may be open (-1).
TensorShape Reshaped(const ReshapedOperator& op) {
  const int64_t count = CountOf(Input(op, 0));
  TensorShape shape = Constant(op, 1);
  const auto open = std::find(shape.begin(), shape.end(), -1);
  if (open != shape.end()) {
    *open = 1;
    const int64_t others = CountOf(shape);
    if (others > 0 && count % others == 0) *open = static_cast<int32_t>(count / others);
  }
  if (CountOf(shape) == count) return shape;
  throw Wrong{fmt::format("input: found {} elements, wanted {}, for [{}]", count, CountOf(shape),
                          fmt::join(shape, ","))};
}

TensorShape Joined(const ReshapedOperator& op) {
  TensorShape shape = Input(op, 0);
  const size_t axis = Axis(OptionsOf<schema::ConcatenationOptions>(op).axis(), shape.size());
  for (size_t i = 1; i < op.inputs.size(); ++i) {
    shape[axis] = Checked(int64_t{shape[axis]} + Input(op, i, shape.size())[axis]);
  }
  return shape;
}

TensorShape Follow(const ReshapedOperator& op) {
  const Code code = op.op.code();
  if (Holds(kSameShape, code)) return Input(op, 0);
  if (Holds(kBroadcast, code)) return Broadcast(Input(op, 0), Input(op, 1));
  if (Holds(kReduce, code)) return Reduced(op);
  switch (code) {
    case Code::CONV_2D:
      return Convolution<schema::Conv2DOptions>(op, 0);
    case Code::DEPTHWISE_CONV_2D:
      return Convolution<schema::DepthwiseConv2DOptions>(op, 3);
    case Code::AVERAGE_POOL_2D:
    case Code::MAX_POOL_2D:
      return Pool(op);
    case Code::FULLY_CONNECTED:
      return FullyConnected(op);
    case Code::BATCH_MATMUL:
      return BatchMatMul(op);
    case Code::PAD:
    case Code::PADV2:
    case Code::MIRROR_PAD:
      return Padded(op);
    case Code::TRANSPOSE:
      return Transposed(op);
    case Code::EXPAND_DIMS:
      return Expanded(op);
    case Code::SQUEEZE:
      return Squeezed(op);
    case Code::RESHAPE:
      return Reshaped(op);
    case Code::CONCATENATION:
      return Joined(op);
    default:
      throw Wrong{"nobody here knows what it does to shapes: wanted a model whose file has them"};
  }
}

}  // namespace

TensorShape OutputShape(const ReshapedOperator& op, std::string* wrong) {
  wrong->clear();
  try {
    return Follow(op);
  } catch (const Wrong& reason) {
    *wrong = reason.text;
    return {};
  }
}

}  // namespace earshot
