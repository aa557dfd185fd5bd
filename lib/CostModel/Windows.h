//===- Windows.h - Coordinates of sliding windows ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_WINDOWS_H
#define OHAS_LIB_COSTMODEL_WINDOWS_H

#include <cstdint>

namespace ohas::cost {

/// Distinct values of position * stride + kernel * dilation. Saturates.
int64_t windowElements(int64_t positions, int64_t kernel, int64_t stride,
                       int64_t dilation);

} // namespace ohas::cost

#endif // OHAS_LIB_COSTMODEL_WINDOWS_H
