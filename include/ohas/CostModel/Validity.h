//===- Validity.h - Does a mapping fit an accelerator? ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_VALIDITY_H
#define OHAS_COSTMODEL_VALIDITY_H

#include "ohas/CostModel/Counts.h"
#include "llvm/Support/Error.h"

namespace ohas::cost {

/// What is wrong with a mapping; trivially cheap, for a mapper's inner loop.
struct Violation {
  enum class Kind : uint8_t {
    None,
    LevelCount,     ///< needed levels in the mapping, available in the nest
    Loops,          ///< a level of this kind has no loops
    Keeps,          ///< a level of this kind keeps nothing
    CannotKeep,     ///< `tensor`
    MustKeep,       ///< `tensor`
    OutermostKeeps, ///< `tensor`
    Bound,          ///< a bound of `needed`
    TemporalDim,    ///< `dim` may not loop here
    SpatialDim,     ///< `dim` may not spread here
    Extent,         ///< needed copies, available
    Coverage,       ///< needed: the size of `dim`, available: its bounds
    Overflow,       ///< the bounds of `dim` multiply beyond 64 bits
    Wired,          ///< `dim` contradicts how `tensor` is wired
    MaxPerStep,     ///< needed and available elements of `tensor`
    Capacity,       ///< needed and available bits
    Accumulates,    ///< partial sums would land here
    Stays,          ///< `tensor` may not stay here
    StaysPartial,   ///< incomplete outputs would leave where they stay
  };
  Kind kind = Kind::None;
  Tensor tensor = Tensor::Weight;
  Dim dim = Dim::N;
  unsigned level = 0;
  int64_t needed = 0, available = 0;

  explicit operator bool() const { return kind != Kind::None; }
};

/// Everything that makes a mapping illegal, without counting: level kinds and
/// loops agree, dims allowed, spatial product within the extent, bounds cover
/// every dim, wired fan-outs, maxPerStep, tiles fit capacities, the outermost
/// memory keeps all, partial sums land where they accumulate. The first
/// violation is returned.
Violation findViolation(const Workload &workload,
                        const Accelerator &accelerator, const Mapping &mapping);

/// In words: the level, what it needs and what there is.
std::string describe(const Violation &violation,
                     const Accelerator &accelerator);

/// findViolation as an error.
llvm::Error checkMapping(const Workload &workload,
                         const Accelerator &accelerator,
                         const Mapping &mapping);

/// Dims that may spread over a fan-out: those it lists, without those that
/// contradict its wiring.
DimSet acceptedDims(const Workload &workload, const Level &fanout);

/// Bits of storage that `tensor` takes per element at a memory level: what the
/// network asks for, else what the accelerator works with; incomplete sums take
/// the accumulator's.
unsigned storedBits(const Workload &workload, const Accelerator &accelerator,
                    const Mapping &mapping, unsigned level, Tensor tensor);

/// The most distinct elements of `tensor` that fan-out `level` delivers in one
/// step: the union over its copies and those of the fan-outs below it, down to
/// the next memory that keeps the tensor, each of which takes one element.
int64_t elementsPerStep(const Workload &workload,
                        const Accelerator &accelerator, const Mapping &mapping,
                        unsigned level, Tensor tensor);

/// Why no mapping at all can run `workload` (operand bits above the
/// accelerator's), in numbers.
llvm::Error checkWorkload(const Workload &workload,
                          const Accelerator &accelerator);

/// The largest tile of `tensor` at a copy of `level`: elements touched by all
/// loops at and below it.
int64_t tileElements(const Workload &workload, const Mapping &mapping,
                     unsigned level, Tensor tensor);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_VALIDITY_H
