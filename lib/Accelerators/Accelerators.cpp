//===- Accelerators.cpp - The accelerators that OHAS ships ----------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Accelerators/Accelerators.h"

template <size_t size>
static ohas::ShippedAccelerator shipped(const char *name,
                                        const unsigned char (&text)[size]) {
  return {name, {reinterpret_cast<const char *>(text), size - 1}};
}

#include "ShippedAccelerators.inc"

llvm::ArrayRef<ohas::ShippedAccelerator> ohas::shippedAccelerators() {
  return embedded();
}
