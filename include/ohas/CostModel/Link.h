//===- Link.h - The optical path with the most loss -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The power that a laser emits on each wavelength, item by item:
//
//   laser (dBm) = what the detector needs (dBm) + all losses and penalties (dB)
//
// All powers here are optical. What a laser draws is that over its wall-plug
// efficiency, which changes electrical power and never the budget (literature
// has it both ways; see docs/Devices.md, Banks).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_LINK_H
#define OHAS_COSTMODEL_LINK_H

#include "ohas/CostModel/Expression.h"

namespace ohas::cost {

/// What a detector needs counts as this if no power is enough, so that all else
/// stays a number. Such a design is infeasible, whatever the limit.
inline constexpr double unreachableDbm = 99;

/// A loss or penalty of the path in dB, or a figure beside it in its unit.
struct LinkItemSpec {
  std::string name;
  Expression value;
  std::string unit, source;
};

struct LinkSpec {
  std::string name;    ///< by which expressions know the laser's dBm
  Expression needsDbm; ///< at the detector; may be infinite
  Expression limitDbm; ///< of the laser; empty: none
  std::vector<LinkItemSpec> losses; ///< from the laser to the detector
  std::vector<LinkItemSpec> figures;
  std::string source;
  Expression enob; ///< effective bits at the detector; empty: not known
};

struct LinkItem {
  std::string name;
  double value = 0; ///< dB, or in the item's unit
};

/// A link at a design point, per wavelength.
struct LinkBudget {
  double needsDbm = 0, laserDbm = 0;
  std::optional<double> limitDbm;
  /// (20 log10 SNR - 1.76) / 6.02 of the detector's signal; negative where
  /// noise exceeds it.
  std::optional<double> enob;
  std::vector<LinkItem> losses;
};

/// A condition that hardware must meet; `reason` says what is wrong otherwise,
/// with "{name}" for the value of a name.
struct RequirementSpec {
  Expression condition;
  std::string reason, source;
};

/// Why light cannot build a design. Designs are counted by kind.
struct Infeasibility {
  std::string kind;    ///< "link budget", or a requirement's condition
  std::string message; ///< with numbers
};

/// needs + losses, as one expression over the names that these use.
Expression laserPower(const LinkSpec &spec);

/// Errors: an expression that fails; a loss below 0.
llvm::Expected<LinkBudget> evaluateLink(const LinkSpec &spec,
                                        const llvm::StringMap<double> &values);

/// Those of the requirements that do not hold.
llvm::Expected<std::vector<Infeasibility>>
unmetRequirements(const std::vector<RequirementSpec> &requirements,
                  const llvm::StringMap<double> &values);

/// The names in a reason's braces.
std::vector<std::string> namesIn(llvm::StringRef reason);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_LINK_H
