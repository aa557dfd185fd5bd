//===- KernelWindow.cpp - How kernels move ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelWindow.h"

using namespace mlir;
using namespace ohas::electronic;

int64_t KernelWindow::size() const {
  int64_t count = 1;
  for (int64_t extent : kernel)
    count *= extent;
  return count;
}

std::optional<KernelWindow>
ohas::electronic::kernelWindow(const Node &node, ArrayRef<int64_t> kernel,
                               int64_t rank) {
  SmallVector<int64_t> ones(kernel.size(), 1), zeros(2 * kernel.size(), 0);
  KernelWindow window;
  window.kernel.assign(kernel.begin(), kernel.end());
  window.strides = node.getInts("strides").value_or(ones);
  window.dilations = node.getInts("dilations").value_or(ones);
  auto pads = node.getInts("pads").value_or(zeros);
  auto isPositive = [](int64_t x) { return x > 0; };
  if (rank < 1 || static_cast<int64_t>(kernel.size()) != rank ||
      window.strides.size() != kernel.size() ||
      window.dilations.size() != kernel.size() ||
      pads.size() != 2 * kernel.size() || !llvm::all_of(kernel, isPositive) ||
      !llvm::all_of(window.strides, isPositive) ||
      !llvm::all_of(window.dilations, isPositive))
    return std::nullopt;
  window.low.assign(pads.begin(), pads.begin() + rank);
  window.high.assign(pads.begin() + rank, pads.end());
  return window;
}
