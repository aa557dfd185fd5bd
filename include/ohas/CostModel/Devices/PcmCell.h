//===- PcmCell.h - Phase-change memory cell ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A cell whose transmission is the weight; it holds without power. No numbers
// were found in a source: a description has to bring its own, with a source.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_PCMCELL_H
#define OHAS_COSTMODEL_DEVICES_PCMCELL_H

namespace ohas::cost::device {

struct PcmCell {
  double bits;       ///< levels that can be told apart
  double insertDb;   ///< in its most transparent state
  double contrastDb; ///< between its extreme states
  double writeFj;
  double writeNs;
  double endurance; ///< writes until it fails
};

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_PCMCELL_H
