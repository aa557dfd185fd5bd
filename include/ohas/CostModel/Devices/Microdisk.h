//===- Microdisk.h - Disk resonator -----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A solid ring: its line and its crosstalk are those of Microring.h and
// Crosstalk.h, its power as a modulator that of MachZehnder.h.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_MICRODISK_H
#define OHAS_COSTMODEL_DEVICES_MICRODISK_H

#include "llvm/ADT/StringRef.h"

namespace ohas::cost::device {

struct Microdisk {
  llvm::StringLiteral scenario;
  double fjPerSymbol;
  double staticMw;
  double areaUm2;
};

/// optical-loop@a92644e (ROSA), components/7nm_components.csv.
inline constexpr Microdisk microdisks[] = {
    {"conservative", 0.77, 0.0506, 25},
    {"moderate", 30, 0.0225, 10},
    {"aggressive", 85, 0, 25},
};

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_MICRODISK_H
