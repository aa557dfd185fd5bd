//===- Feasibility.h - What light cannot build ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_FEASIBILITY_H
#define OHAS_COSTMODEL_FEASIBILITY_H

#include "ohas/CostModel/AcceleratorSpec.h"

namespace ohas::cost {

/// Physical feasibility of a design whatever runs on it: its requirements, what
/// its detectors need, the limit of its laser. Empty when feasible; each reason
/// carries its numbers.
std::vector<Infeasibility> infeasibilities(const Accelerator &accelerator);

/// What would make an infeasible design feasible: for each knob that does so
/// alone the nearest of its values ("rows = 8"), else the nearest two together
/// ("rows = 8 and clock_ghz = 1"). Empty if neither does.
std::vector<std::string> nearestFeasible(const AcceleratorSpec &spec,
                                         const DesignPoint &point);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_FEASIBILITY_H
