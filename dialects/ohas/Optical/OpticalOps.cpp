//===- OpticalOps.cpp - What TableGen defines of the operations -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"

using namespace ohas::optical;

#define GET_OP_CLASSES
#include "ohas/Optical/OpticalOps.cpp.inc"
