//===- Fingerprint.h - What a mapper sees of an accelerator -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_FINGERPRINT_H
#define OHAS_LIB_SEARCH_FINGERPRINT_H

#include "ohas/CostModel/Accelerator.h"

namespace ohas::search {

/// Bytes that are equal for accelerators on which every mapping is equally
/// valid and costs the same: areas, losses and the laser are not in them.
std::string fingerprint(const cost::Accelerator &accelerator);

/// Bytes that are equal for accelerators whose fan-outs spread alike.
std::string fanoutFingerprint(const cost::Accelerator &accelerator);

/// Bytes that are equal for equal workloads only.
std::string fingerprint(const cost::Workload &workload);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_FINGERPRINT_H
