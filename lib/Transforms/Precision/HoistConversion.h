//===- HoistConversion.h - Conversions where tiles change -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TRANSFORMS_PRECISION_HOISTCONVERSION_H
#define OHAS_LIB_TRANSFORMS_PRECISION_HOISTCONVERSION_H

#include "ohas/Optical/Optical.h"

namespace ohas::precision {

/// An unchanged tile is neither fetched nor converted again: moves an operand's
/// conversion out of the temporal loops that its tile does not depend on, with
/// the copies of fan-outs inside them. Copies that have the same tile share the
/// conversion then. Returns it.
optical::ConvertOp hoistConversion(optical::ConvertOp op);

} // namespace ohas::precision

#endif // OHAS_LIB_TRANSFORMS_PRECISION_HOISTCONVERSION_H
