//===- Reduce.h - Reductions of tensors -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_REDUCE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_REDUCE_H

#include "Elementwise.h"

namespace ohas::electronic {

/// Combines the value so far and an element.
using ReduceBody =
    llvm::function_ref<Value(const Scalar &, Value sofar, Value x)>;

/// Over `axes`, whose sizes become 1; starts at `initial`.
Value reduceAxes(Node &node, Value value, llvm::ArrayRef<int64_t> axes,
                 double initial, ReduceBody body, bool isUnsigned = false);

Value sumOver(Node &node, Value value, llvm::ArrayRef<int64_t> axes);
Value meanOver(Node &node, Value value, llvm::ArrayRef<int64_t> axes);
Value maxOver(Node &node, Value value, llvm::ArrayRef<int64_t> axes,
              bool isUnsigned = false);
Value minOver(Node &node, Value value, llvm::ArrayRef<int64_t> axes,
              bool isUnsigned = false);

/// The numbers below and above all others of a type.
double lowest(mlir::Type element, bool isUnsigned);
double highest(mlir::Type element, bool isUnsigned);

/// From `first` on to the end.
llvm::SmallVector<int64_t> axesFrom(int64_t first, int64_t rank);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_REDUCE_H
