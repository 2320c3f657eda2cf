// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroMutableOpResolver: the operators that an application names, and an image then holds.
#pragma once

#include "tensorflow/lite/micro/compatibility.h"
#include "tensorflow/lite/micro/kernels/micro_ops.h"
#include "tensorflow/lite/micro/micro_log.h"
#include "tensorflow/lite/micro/micro_op_resolver.h"

namespace tflite {

// Room for `kOpCount` operators, whatever the number of their kernels.
template <unsigned int kOpCount>
class MicroMutableOpResolver : public MicroOpResolver {
 public:
  MicroMutableOpResolver() = default;

  const TFLMRegistration* FindOp(BuiltinOperator op) const override {
    if (op == BuiltinOperator_CUSTOM) return nullptr;
    for (unsigned int i = 0; i < count_; ++i) {
      if (registrations_[i].builtin_code == op) return &registrations_[i];
    }
    return nullptr;
  }

  const TFLMRegistration* FindOp(const char* custom_name) const override {
    for (unsigned int i = 0; i < count_; ++i) {
      if (registrations_[i].builtin_code == BuiltinOperator_CUSTOM &&
          IsSame(registrations_[i].custom_name, custom_name)) {
        return &registrations_[i];
      }
    }
    return nullptr;
  }

  // Adds the custom operator of that name; both stay with the caller. kTfLiteError: no room, or
  // there is one of that name already.
  TfLiteStatus AddCustom(const char* name, const TFLMRegistration* registration) {
    if (registration->invoke == nullptr && registration->kernels == nullptr) {
      MicroPrintf("AddCustom(\"%s\"): a registration without invoke", name);
      return kTfLiteError;
    }
    TFLMRegistration added = *registration;
    added.builtin_code = BuiltinOperator_CUSTOM;
    added.custom_name = name;
    return Add(added);
  }

  // AddConv2D() and so on, one for each operator, as operator_list.cmake makes them of
  // earshot/kernels/kernel_list.inc. Each takes a registration of fewer kernels, e.g.
  // Register_CONV_2D_INT8(). kTfLiteError: no room, or it is there already.
#define EARSHOT_TFLM_OPERATOR(name, id)                                            \
  TfLiteStatus Add##name(const TFLMRegistration& registration = Register_##id()) { \
    return AddKernels(registration, #name);                                        \
  }
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"

  unsigned int GetRegistrationLength() { return count_; }

 private:
  // Instead of strcmp(), which C libraries have for speed and not for size.
  static bool IsSame(const char* a, const char* b) {
    for (; *a == *b; ++a, ++b) {
      if (*a == '\0') return true;
    }
    return false;
  }

  TfLiteStatus AddKernels(const TFLMRegistration& registration, const char* name) {
    if (registration.kernels == nullptr) {
      MicroPrintf("Add%s(): found a registration of functions, wanted one of Register_…()", name);
      return kTfLiteError;
    }
    return Add(registration);
  }

  TfLiteStatus Add(const TFLMRegistration& registration) {
    const auto op = static_cast<BuiltinOperator>(registration.builtin_code);
    const char* name = op == BuiltinOperator_CUSTOM ? registration.custom_name : "";
    if (count_ >= kOpCount) {
      MicroPrintf("operator %d %s: the resolver has room for %u", static_cast<int>(op), name,
                  kOpCount);
      return kTfLiteError;
    }
    if (op == BuiltinOperator_CUSTOM ? FindOp(name) != nullptr : FindOp(op) != nullptr) {
      MicroPrintf("operator %d %s: added more than once", static_cast<int>(op), name);
      return kTfLiteError;
    }
    registrations_[count_++] = registration;
    return kTfLiteOk;
  }

  TFLMRegistration registrations_[kOpCount] = {};
  unsigned int count_ = 0;

  TF_LITE_REMOVE_VIRTUAL_DELETE
};

}  // namespace tflite
