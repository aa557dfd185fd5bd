//===- MziMesh.cpp - Mesh of interferometers --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/MziMesh.h"
#include "ohas/CostModel/Devices/Decibel.h"
#include <algorithm>

using namespace ohas::cost;

double device::meshMzis(double modes) {
  return modes >= 1 ? modes * (modes - 1) / 2 : undefined;
}

double device::rectangularMeshDepth(double modes) {
  if (!(modes >= 1))
    return undefined;
  return modes < 3 ? modes - 1 : modes;
}

double device::triangularMeshDepth(double modes) {
  return modes >= 1 ? std::max(2 * modes - 3, 0.0) : undefined;
}

double device::meshProgramNs(double mzis, double atOnce, double responseNs) {
  if (!(mzis >= 0 && atOnce >= 1 && responseNs >= 0))
    return undefined;
  return std::ceil(mzis / atOnce) * responseNs;
}
