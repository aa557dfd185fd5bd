//===- KernelWindow.h - How kernels move ------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_KERNELWINDOW_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_KERNELWINDOW_H

#include "Node.h"

namespace ohas::electronic {

/// How a kernel moves over spatial axes; `low` and `high` are padding.
struct KernelWindow {
  llvm::SmallVector<int64_t> kernel, strides, dilations, low, high;
  unsigned rank() const { return kernel.size(); }
  /// Positions in the kernel.
  int64_t size() const;
};

/// By the attributes of an operator, for a kernel over so many axes; nothing if
/// they do not fit it.
std::optional<KernelWindow>
kernelWindow(const Node &node, llvm::ArrayRef<int64_t> kernel, int64_t rank);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_KERNELWINDOW_H
