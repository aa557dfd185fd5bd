//===- YBranch.h - Splitting tree -------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The light that n ways share and what the branches lose besides are apart:
// where all n ways are used, the first is no loss of the accelerator.
//
// Published excess: 0.1 dB, 1.8 x 1.3 um (Lightening-Transformer artifact, HPCA
// 2024, default.yaml); 0.01 dB (Vatsavai and Thakkar, TCAD 2022). The latter
// take log2 n without rounding up.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_YBRANCH_H
#define OHAS_COSTMODEL_DEVICES_YBRANCH_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

/// 10 log10 n.
inline double splitDb(double ways) {
  return ways >= 1 ? toDb(ways) : undefined;
}

/// Excess loss of a tree: a branch's x ceil(log2 n), Lightening-Transformer
/// artifact, hardware/photonic_crossbar.py.
inline double treeDb(double ways, double branchDb) {
  return ways >= 1 ? std::ceil(std::log2(ways)) * branchDb : undefined;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_YBRANCH_H
