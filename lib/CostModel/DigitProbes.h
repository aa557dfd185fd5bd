//===- DigitProbes.h - What to count of a tensor ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_DIGITPROBES_H
#define OHAS_LIB_COSTMODEL_DIGITPROBES_H

#include "DigitFacts.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace ohas::cost::counting {

/// One question about the traffic of a tensor.
struct Probe {
  enum Kind : uint8_t { EverySteps, Held, Arrivals, Integrated, Changes };
  Kind kind;
  uint8_t child, top;
  bool begins;     ///< the probe before is of another kind or child
  bool all, first; ///< over all copies of `top`; at the first
};

/// A count that an answer belongs to.
struct Target {
  uint16_t slot;
  bool first; ///< not the answer over all copies
  bool last;  ///< of the probe
};

/// What to ask of a tensor that certain memories keep.
struct Probes {
  llvm::SmallVector<std::pair<uint8_t, uint8_t>, 8> links; ///< parent, child
  llvm::SmallVector<Probe, 16> probes;
  llvm::SmallVector<Target, 48> targets; ///< of each probe in turn
  /// Of slots that count what arrives in the outermost memory: less by one for
  /// each output, whose first sum is not added to anything.
  llvm::SmallVector<uint16_t, 2> addedTo;

  /// `keeping` by number in NestFacts::memories.
  Probes(const NestFacts &facts, Tensor tensor, Mask keeping);
};

/// Made when they are first asked for.
class KnownProbes {
public:
  const Probes &of(const NestFacts &facts, Tensor tensor, Mask keeping) {
    auto &[masks, made] = known[index(tensor)];
    for (unsigned i = 0; i < masks.size(); ++i)
      if (masks[i] == keeping)
        return *made[i];
    masks.push_back(keeping);
    made.push_back(std::make_unique<Probes>(facts, tensor, keeping));
    return *made.back();
  }

private:
  struct Of {
    llvm::SmallVector<Mask, 16> masks;
    std::vector<std::unique_ptr<Probes>> made;
  };
  std::array<Of, numTensors> known;
};

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_DIGITPROBES_H
