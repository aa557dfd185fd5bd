//===- Digital.h - Network on chip, vector unit -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Digital work beside the photonic: parameters, whose formulas are those of the
// vector unit in docs/CostModel.md.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_DIGITAL_H
#define OHAS_COSTMODEL_DEVICES_DIGITAL_H

namespace ohas::cost::device {

struct NetworkOnChip {
  double fjPerBit; ///< for the whole way: no source has it by hop
};
/// Lightening-Transformer artifact, HPCA 2024, default.yaml: 2 pJ per partial
/// sum of 16 bits.
inline constexpr NetworkOnChip lighteningNetwork{2000.0 / 16};

struct VectorUnit {
  double fjPerOperation;
  double operationsPerActivation;
  double operationsPerNormalization;
  double softmaxFjPerByte;
};
/// Lightening-Transformer artifact, HPCA 2024, non-GEMM work.
inline constexpr VectorUnit lighteningVectorUnit{100, 8, 5, 51600 / 44.8};

/// One of the digital blocks of Vatsavai and Thakkar, TCAD 2022, Table VI
/// (attributed to HolyLight).
struct DigitalBlock {
  double mw;
  double areaMm2;
  double ns;
};
inline constexpr DigitalBlock reductionNetwork{0.05, 3e-5, 3.125};
inline constexpr DigitalBlock activationUnit{0.52, 6e-4, 0.78};
inline constexpr DigitalBlock poolingUnit{0.4, 2.4e-4, 3.125};

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_DIGITAL_H
