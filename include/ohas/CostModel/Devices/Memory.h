//===- Memory.h - Electronic memories ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No law that scales energy by size or node was found in a source: a memory is
// a row of a table, and the rows do not agree. The 7 nm value of Albireo, for
// one, is about 80x below CACTI's (AccelForge@1c1929c scales SRAM by 0.012 to
// match).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_MEMORY_H
#define OHAS_COSTMODEL_DEVICES_MEMORY_H

#include "llvm/ADT/StringRef.h"

namespace ohas::cost::device {

struct Memory {
  llvm::StringLiteral name;
  double fjPerBit;
  llvm::StringLiteral source;
};

inline constexpr Memory sramAndRegisters[] = {
    {"SRAM, banks of 32 KB", 1655.0 / 16,
     "Lightening-Transformer artifact (HPCA 2024), default.yaml"},
    {"local buffer, 4 KB", 920.0 / 16,
     "Lightening-Transformer artifact (HPCA 2024), default.yaml"},
    {"register", 73.0 / 16,
     "Lightening-Transformer artifact (HPCA 2024), default.yaml"},
    {"SRAM, 64 bits, 7 nm", 435.0 / 64,
     "CiMLoop@d6e1390, albireo_isca_2021, 7nm_components.csv"},
};

/// An eDRAM has no energy per bit in the source, but power and access time.
struct EmbeddedDram {
  double mw;
  double accessNs;
  double areaMm2;
};
/// Vatsavai and Thakkar, TCAD 2022, Table VI (attributed to HolyLight).
inline constexpr EmbeddedDram holylightEmbeddedDram{41.1, 1.56, 0.166};

inline constexpr Memory dramKinds[] = {
    {"DDR3", 70000, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"LPDDR", 40000, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"LPDDR4", 8000, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"HBM2", 6250, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"HBM3", 4050, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"HBM4", 3200, "hwcomponents-cacti, hwcomponents_cacti.py"},
    {"HBM", 62400.0 / 8,
     "Lightening-Transformer artifact (HPCA 2024), default.yaml"},
};

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_MEMORY_H
