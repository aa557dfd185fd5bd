//===- DesignSpace.h - The designs a search looks at ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A design space is the product of the values that each knob may take. It is
// never stored: a choice (one value number per knob) names a design.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_DESIGNSPACE_H
#define OHAS_SEARCH_DESIGNSPACE_H

#include "ohas/CostModel/AcceleratorSpec.h"

namespace ohas::search {

/// The values of one knob, in the order in which a search tries them.
struct KnobRange {
  std::string name;
  std::vector<double> values;
};

/// Parses `name=start:stop:step` (stop included where a step hits it; a step
/// of 1 may be left out), `name=v1,v2,...` or `name=v`.
llvm::Expected<KnobRange> parseKnobRange(llvm::StringRef text);

/// The number of a value in each range of a design space.
using Choice = std::vector<uint32_t>;

class DesignSpace {
public:
  /// The space that `texts` (see parseKnobRange) span over the knobs of `spec`;
  /// other knobs keep the value that `base` gives them, or their default.
  /// Without texts every knob runs over the values its description lists,
  /// unless `base` sets it. Errors name what is wrong and the knobs there are.
  static llvm::Expected<DesignSpace> create(const cost::AcceleratorSpec &spec,
                                            llvm::ArrayRef<std::string> texts,
                                            const cost::DesignPoint &base = {});

  /// Exact up to 2^53, however large the space.
  double size() const;
  llvm::ArrayRef<KnobRange> ranges() const { return axes; }

  /// Lexicographic in the order of the knobs, the last one fastest. Empty past
  /// the end.
  std::optional<Choice> choiceAt(uint64_t number) const;

  /// The design that a choice names: every knob of the space, and the base's.
  cost::DesignPoint point(const Choice &choice) const;

  /// The choice nearest to the defaults of the description, where most designs
  /// that are known to work lie.
  const Choice &defaultChoice() const { return defaults; }

private:
  std::vector<KnobRange> axes;
  cost::DesignPoint base;
  Choice defaults;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_DESIGNSPACE_H
