//===- Residency.h - Activations that stay on chip --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_RESIDENCY_H
#define OHAS_SEARCH_RESIDENCY_H

#include "ohas/Search/NetworkEvaluator.h"

namespace ohas::search {

/// The number of the memory that tensors may stay in between layers.
std::optional<unsigned> residentLevel(const cost::Accelerator &accelerator);

/// `mapping` with `tensors` kept and staying in the accelerator's resident
/// memory.
cost::Mapping withResidents(cost::Mapping mapping,
                            const cost::Accelerator &accelerator,
                            cost::TensorSet tensors);

/// For each step of `work` the tensors of its contraction that stay in the
/// resident memory, given the mapping of every layer: whole activations from
/// the step that makes them to the last one that reads them, and weights all
/// the time, beside the tiles of the operations in between, within the
/// capacity. Those that save the most energy for the place and time they take
/// come first, so that the choice is good, but not proven the best. None stay
/// where nothing is resident, nor where it would cost time, unless energy is
/// the (first) objective.
std::vector<cost::TensorSet>
chooseResidents(const NetworkWork &work, const cost::Accelerator &accelerator,
                llvm::ArrayRef<MappedPoint> layers, const Goal &goal);

} // namespace ohas::search

#endif // OHAS_SEARCH_RESIDENCY_H
