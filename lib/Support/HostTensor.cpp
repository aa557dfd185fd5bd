//===- HostTensor.cpp - A tensor in memory ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Support/HostTensor.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace ohas;

unsigned ohas::elementBytes(llvm::StringRef element) {
  if (element == "bf16")
    return 2;
  bool isReal = element.consume_front("f");
  if (!isReal) {
    element.consume_front("u");
    if (!element.consume_front("i"))
      return 0;
  }
  unsigned bits = 0;
  if (element.getAsInteger(10, bits) || bits == 0 || bits > 64 ||
      (isReal && bits < 16))
    return 0;
  return bits <= 8 ? 1 : bits / 8;
}

int64_t HostTensor::numElements() const {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  return count;
}

std::string HostTensor::typeName() const {
  std::string name;
  for (int64_t dim : shape)
    name += std::to_string(dim) + "x";
  return name + element;
}

template <typename T> static double load(const char *from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return static_cast<double>(value);
}

static const llvm::fltSemantics &halfSemantics(llvm::StringRef element) {
  return element == "bf16" ? llvm::APFloat::BFloat()
                           : llvm::APFloat::IEEEhalf();
}

double HostTensor::at(int64_t i) const {
  unsigned size = elementBytes(element);
  const char *from = bytes.data() + i * size;
  bool isUnsigned = element[0] == 'u' || element == "i1";
  if (element == "f32")
    return load<float>(from);
  if (element == "f64")
    return load<double>(from);
  if (element == "f16" || element == "bf16") {
    uint16_t bits;
    std::memcpy(&bits, from, 2);
    llvm::APFloat value(halfSemantics(element), llvm::APInt(16, bits));
    bool lost;
    value.convert(llvm::APFloat::IEEEdouble(),
                  llvm::APFloat::rmNearestTiesToEven, &lost);
    return value.convertToDouble();
  }
  // Bits above those of the type are nobody's.
  llvm::StringRef digits = llvm::StringRef(element).ltrim("ui");
  unsigned bits;
  if (!digits.getAsInteger(10, bits) && bits < 8) {
    uint64_t value = static_cast<uint8_t>(*from) & ((1u << bits) - 1);
    return isUnsigned ? static_cast<double>(value)
                      : static_cast<double>(llvm::SignExtend64(value, bits));
  }
  switch (size) {
  case 1:
    return isUnsigned ? load<uint8_t>(from) : load<int8_t>(from);
  case 2:
    return isUnsigned ? load<uint16_t>(from) : load<int16_t>(from);
  case 4:
    return isUnsigned ? load<uint32_t>(from) : load<int32_t>(from);
  default:
    return isUnsigned ? load<uint64_t>(from) : load<int64_t>(from);
  }
}

template <typename T> static void store(char *to, T value) {
  std::memcpy(to, &value, sizeof(T));
}

void HostTensor::set(int64_t i, double value) {
  unsigned size = elementBytes(element);
  char *to = bytes.data() + i * size;
  if (element == "f32")
    return store(to, static_cast<float>(value));
  if (element == "f64")
    return store(to, value);
  if (element == "f16" || element == "bf16") {
    llvm::APFloat narrow(value);
    bool lost;
    narrow.convert(halfSemantics(element), llvm::APFloat::rmNearestTiesToEven,
                   &lost);
    return store(to,
                 static_cast<uint16_t>(narrow.bitcastToAPInt().getZExtValue()));
  }
  // Two's complement: the low bytes are the same for all widths.
  auto integer = static_cast<int64_t>(value);
  std::memcpy(to, &integer, size);
}
