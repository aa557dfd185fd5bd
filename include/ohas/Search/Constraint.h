//===- Constraint.h - What a design must satisfy ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_SEARCH_CONSTRAINT_H
#define OHAS_SEARCH_CONSTRAINT_H

#include "ohas/CostModel/Expression.h"
#include "ohas/Search/Outcome.h"

namespace ohas::search {

/// One comparison over the figures of a design and its knobs, such as
/// `area_mm2 <= 100`.
class Constraint {
public:
  /// The figures, in the order in which messages list them.
  static llvm::ArrayRef<llvm::StringRef> figures();

  /// Errors: what the expression's parser says; no comparison, or several;
  /// a name that is neither a figure nor one of `knobs`.
  static llvm::Expected<Constraint> parse(llvm::StringRef text,
                                          llvm::ArrayRef<std::string> knobs);

  /// Can it be decided before anything is mapped?
  bool isStatic() const { return isStaticOnly; }
  /// Does it ask for the laser's power, which not every accelerator states?
  bool usesLaser() const { return laser; }

  /// Nothing when satisfied, otherwise why not, in numbers. A figure that is
  /// not known is a reason too.
  std::optional<Rejection> check(const Totals &totals,
                                 std::optional<double> laserDbm,
                                 const cost::DesignPoint &point) const;

  /// Does it fail for all figures that are not below those of `bound`? Decided
  /// where it limits a figure that only mappings tell from above.
  std::optional<Rejection> checkBound(const Totals &bound,
                                      const cost::DesignPoint &point) const;

  llvm::StringRef text() const { return source; }

private:
  std::string source, comparison;
  cost::Expression left, right;
  bool isStaticOnly = true, laser = false, isUpperLimit = false;
};

} // namespace ohas::search

#endif // OHAS_SEARCH_CONSTRAINT_H
