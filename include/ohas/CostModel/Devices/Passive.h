//===- Passive.h - Passive devices of a table -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Multi-mode interferometers, star couplers, arrayed waveguide gratings (AWG)
// and couplers to a fibre: loss and size, no formula but the split 10 log10 n
// of YBranch.h, which comes on top of an excess loss.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_PASSIVE_H
#define OHAS_COSTMODEL_DEVICES_PASSIVE_H

#include "ohas/CostModel/Devices/Decibel.h"
#include "llvm/ADT/StringRef.h"

namespace ohas::cost::device {

struct Passive {
  llvm::StringLiteral name;
  double excessDb; ///< undefined where the source has none
  double areaUm2;
  llvm::StringLiteral source;
};

inline constexpr Passive passives[] = {
    {"1 x 10 MMI", 0.199, 34.6 * 14.1,
     "SCATTER artifact (ICCAD 2024), arch_config.yaml"},
    {"directional coupler", 0.33, 5.25 * 2.4,
     "Lightening-Transformer artifact (HPCA 2024), default.yaml"},
    {"star coupler", undefined, 262500,
     "CiMLoop@d6e1390, albireo_isca_2021, 7nm_components.csv"},
    {"AWG", undefined, 1108089,
     "CiMLoop@d6e1390, albireo_isca_2021, 7nm_components.csv"},
    {"grating coupler", 0.15, undefined, "SimPhony@0bdc10d, configs/devices"},
    {"fibre to chip", 1.6, undefined, "Vatsavai and Thakkar, TCAD 2022"},
    {"laser to chip", 0.7, undefined,
     "SCATTER artifact (ICCAD 2024), arch_config.yaml"},
};

/// Channels of an AWG: those whose spacing fits its FSR.
inline double awgChannels(double fsrNm, double spacingNm) {
  if (!(fsrNm > 0 && spacingNm > 0))
    return undefined;
  // 12.8 / 0.8 is to be 16, not what is left of it after rounding.
  return std::floor(fsrNm / spacingNm * (1 + 1e-12));
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_PASSIVE_H
