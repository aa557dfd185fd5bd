//===- DigitPresented.h - What copies present at a step ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All copies of a fan-out present their elements at the same step, as a memory
// in its place would present one tile.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITPRESENTED_H
#define OHAS_LIB_COSTMODEL_DIGITPRESENTED_H

#include "DigitNest.h"

namespace ohas::cost::counting {

/// The level from which inwards the copies along a window, below `top`, share
/// what they have in common, so that each such group has one tile. Nothing if
/// they share further out, too.
std::optional<uint8_t> unitedFrom(const DigitNest &nest,
                                  const WindowFacts &window, unsigned top);

/// The level at which a memory would be filled with what a holding converter at
/// `top`, without any memory below it, converts. Nothing where an element may
/// be presented more than once, or by copies that differ in when they change.
std::optional<unsigned> presentedAt(const DigitNest &nest, Tensor tensor,
                                    unsigned top);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITPRESENTED_H
