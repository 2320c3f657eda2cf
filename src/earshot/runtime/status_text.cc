// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/status_text.h"

#include <cstring>

#include "earshot/runtime/schema/model_format_generated.h"

namespace earshot {
namespace {

const char* CodeText(StatusCode code) {
  switch (code) {
    case StatusCode::kOk:
      return "ok";
    case StatusCode::kInvalidArgument:
      return "invalid argument";
    case StatusCode::kFailedPrecondition:
      return "called too early";
    case StatusCode::kInvalidModel:
      return "invalid model";
    case StatusCode::kUnsupported:
      return "unsupported";
    case StatusCode::kArenaTooSmall:
      return "arena too small";
  }
  return "unknown";
}

const char* SubjectText(StatusSubject subject) {
  switch (subject) {
    case StatusSubject::kNone:
      return "";
    case StatusSubject::kModel:
      return "model";
    case StatusSubject::kSubgraph:
      return "subgraph";
    case StatusSubject::kBuffer:
      return "buffer";
    case StatusSubject::kTensor:
      return "tensor";
    case StatusSubject::kOperator:
      return "operator";
    case StatusSubject::kOperatorCode:
      return "operator code";
    case StatusSubject::kArena:
      return "arena";
    case StatusSubject::kFrontend:
      return "front end";
    case StatusSubject::kRecognizer:
      return "recognizer";
  }
  return "";
}

constexpr int32_t kMostDigits = 9;  // Enough to tell any float from any other.
constexpr int32_t kMostZeros = 5;   // Between the point and a number's first digit.

// digits * 10^(exponent - count + 1): `exponent` is that of the first digit.
struct Decimal {
  int32_t digits = 0;
  int32_t count = 1;
  int32_t exponent = 0;
};

double TimesPowerOfTen(double value, int32_t power) {
  for (; power > 0; --power) value *= 10;
  for (; power < 0; ++power) value /= 10;
  return value;
}

// Precondition: positive and finite.
Decimal ShortestDecimal(float value) {
  Decimal decimal;
  while (TimesPowerOfTen(value, -decimal.exponent) >= 10) ++decimal.exponent;
  while (TimesPowerOfTen(value, -decimal.exponent) < 1) --decimal.exponent;
  for (; decimal.count <= kMostDigits; ++decimal.count) {
    const int32_t power = decimal.exponent - decimal.count + 1;
    decimal.digits = static_cast<int32_t>(TimesPowerOfTen(value, -power) + 0.5);
    if (static_cast<float>(TimesPowerOfTen(decimal.digits, power)) == value) return decimal;
  }
  decimal.count = kMostDigits;
  return decimal;
}

// Appends to a buffer that always stays zero-terminated; what does not fit is cut.
class Writer {
 public:
  explicit Writer(Span<char> text) : text_(text) { text_[0] = '\0'; }

  void Add(const char* part) {
    while (*part != '\0' && used_ + 1 < text_.size()) text_[used_++] = *part++;
    text_[used_] = '\0';
  }

  void Add(int32_t number) {
    char digits[12];
    char* begin = digits + sizeof(digits);
    *--begin = '\0';
    // Negative throughout: INT32_MIN has no positive counterpart.
    int32_t rest = number < 0 ? number : -number;
    do {
      *--begin = static_cast<char>('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (number < 0) *--begin = '-';
    Add(begin);
  }

#if EARSHOT_STATUS_TEXTS
  void AddText(StaticText text) { Add(text); }
#else
  void AddText(StaticText text) {
    Add("text ");
    Add(text.id());
  }
#endif

  void AddType(int32_t type) {
    const char* name = schema::EnumNameTensorType(static_cast<schema::TensorType>(type));
    if (*name == '\0') return Add(type);
    Add(name);
  }

  // The shortest digits from which the float with these bits can be told from all others:
  // "0.00390625", "1e-09", "-0.5", "inf", "nan".
  void AddFloat(int32_t bits) {
    constexpr int32_t kInfinity = 0x7F800000;
    if (bits < 0) Add("-");
    bits &= INT32_MAX;
    if (bits == 0) return Add("0");
    if (bits >= kInfinity) return Add(bits == kInfinity ? "inf" : "nan");
    float value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    const Decimal decimal = ShortestDecimal(value);
    char digits[kMostDigits + 1] = {};
    int32_t rest = decimal.digits;
    for (int32_t i = decimal.count; i-- > 0; rest /= 10) {
      digits[i] = static_cast<char>('0' + rest % 10);
    }
    const bool is_plain = decimal.exponent < kMostDigits && decimal.exponent >= -kMostZeros - 1;
    int32_t before_point = is_plain ? decimal.exponent + 1 : 1;
    if (before_point <= 0) {
      Add("0.");
      for (int32_t i = before_point; i < 0; ++i) Add("0");
      Add(digits);
    } else {
      for (int32_t i = 0; i < decimal.count || i < before_point; ++i) {
        if (i == before_point) Add(".");
        const char digit[] = {i < decimal.count ? digits[i] : '0', '\0'};
        Add(digit);
      }
    }
    if (is_plain) return;
    Add("e");
    Add(decimal.exponent);
  }

  void AddOperator(int32_t code) {
    const char* name = schema::EnumNameBuiltinOperator(static_cast<schema::BuiltinOperator>(code));
    if (*name == '\0') return Add(code);
    Add(name);
  }

 private:
  Span<char> text_;
  size_t used_ = 0;
};

void AddNumbers(const Status& status, Writer& writer) {
  switch (status.unit) {
    case StatusUnit::kNone:
      return;
    case StatusUnit::kOperatorCode:
      // found: the operator; wanted: the type of its first input, or -1.
      writer.Add(" ");
      writer.AddOperator(status.found);
      if (status.wanted >= 0) {
        writer.Add(" of ");
        writer.AddType(status.wanted);
      }
      return;
    case StatusUnit::kTensorType:
      writer.Add(": found ");
      writer.AddType(status.found);
      writer.Add(", wanted ");
      writer.AddType(status.wanted);
      return;
    case StatusUnit::kScale:
      writer.Add(": found ");
      writer.AddFloat(status.found);
      writer.Add(", wanted ");
      writer.AddFloat(status.wanted);
      return;
    case StatusUnit::kCount:
    case StatusUnit::kBytes:
      writer.Add(": found ");
      writer.Add(status.found);
      writer.Add(", wanted ");
      writer.Add(status.wanted);
      if (status.unit == StatusUnit::kBytes) writer.Add(" bytes");
      return;
  }
}

}  // namespace

const char* StatusText(const Status& status, Span<char> text) {
  Writer writer(text);
  writer.Add(CodeText(status.code));
  if (status.ok()) return text.data();
  writer.Add(": ");
  const char* subject = SubjectText(status.subject);
  if (*subject != '\0') {
    writer.Add(subject);
    if (status.index >= 0) {
      writer.Add(" ");
      writer.Add(status.index);
    }
    writer.Add(": ");
  }
  writer.AddText(status.what);
  AddNumbers(status, writer);
  return text.data();
}

}  // namespace earshot
