//===- AcceleratorSpec.h - An accelerator with its knobs still open -------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an accelerator's description says, before knobs are set and a device set
// is chosen. `instantiate` turns it into the numbers of Accelerator.h; a search
// does so once a design.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_ACCELERATORSPEC_H
#define OHAS_COSTMODEL_ACCELERATORSPEC_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/CostModel/Electronic.h"
#include "ohas/CostModel/Expression.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <string>
#include <vector>

namespace ohas::cost {

/// A design variable: its default and the values a search tries by default.
struct KnobSpec {
  std::string name, description;
  double defaultValue = 0;
  std::vector<double> values;
};

/// A named group of device values with the publication it stands on.
struct DeviceSetSpec {
  std::string name, source;
};

/// A device number: one value per device set, or one for all (key "").
struct DeviceSpec {
  std::string name, unit, source;
  bool assumed = false; ///< no source: our assumption, reported as such
  std::map<std::string, double> values;
};

/// A derived value; may use knobs, devices and definitions before it.
struct DefinitionSpec {
  std::string name;
  Expression value;
  std::string source;
};

/// Named numeric properties ("energy_fj", "area_um2", ...), unevaluated. Which
/// names a level kind has is in levelProperties().
using Properties = std::map<std::string, Expression>;

struct LevelSpec {
  std::string name;
  LevelKind kind = LevelKind::Compute;
  Properties properties;
  std::string source;
  // Memory
  TensorSet canKeep, mustKeep;
  std::optional<DimSet> temporalDims; ///< absent: all
  bool doubleBuffered = false;
  bool accumulates = true;
  bool resident = false;
  bool halfDuplex = false;
  // Converter
  Tensor tensor = Tensor::Input;
  std::string from, to; ///< "digital", "analog", "optical"
  bool hold = false;
  // Fan-out
  std::optional<DimSet> spatialDims;
  std::array<FanoutMode, numTensors> modes = {
      FanoutMode::Private, FanoutMode::Private, FanoutMode::Private};
  TensorSet wired;
  // Static power
  Duty duty = Duty::Always;
};

struct VectorUnitSpec {
  std::string name, memory, source;
  Properties properties; ///< as vectorUnitProperties()
  std::map<OperationClass, Expression> energyFjPerElement;
};

/// One line of an accounting: a component's count per operation, energy per
/// count, area and peak power, over dims, knobs, devices and definitions.
struct TallySpec {
  std::string name, source;
  Expression when; ///< empty: always
  Expression count, energyFj, areaUm2, powerMw;
};

/// A paper's own cost accounting, as expressions over the dims of an operation.
struct AccountingSpec {
  std::string name, source;
  std::vector<DefinitionSpec> definitions; ///< may use the dims N ... T
  Expression latencyPs;
  std::vector<TallySpec> tallies;
};

struct AcceleratorSpec {
  std::string name, title, source;
  Properties properties; ///< as acceleratorProperties()
  std::vector<KnobSpec> knobs;
  std::vector<DeviceSetSpec> deviceSets; ///< the first is the default
  std::vector<DeviceSpec> devices;
  std::vector<DefinitionSpec> definitions; ///< the link's laser among them
  std::optional<LinkSpec> link;
  std::vector<RequirementSpec> requirements;
  std::vector<LevelSpec> levels; ///< outermost first
  std::optional<VectorUnitSpec> vectorUnit;
  std::vector<AccountingSpec> accountings;
};

/// What the user chose; absent knobs keep their defaults.
struct DesignPoint {
  std::map<std::string, double> knobs;
  std::string deviceSet; ///< empty: the default set
  std::map<std::string, double> deviceOverrides;
};

/// The property names that `kind` understands, sorted.
llvm::ArrayRef<llvm::StringRef> levelProperties(LevelKind kind);
llvm::ArrayRef<llvm::StringRef> acceleratorProperties();
llvm::ArrayRef<llvm::StringRef> vectorUnitProperties();

/// The value of every knob, device and definition at a design point. Errors
/// name the unknown knob, device or device set and list those that exist.
llvm::Expected<llvm::StringMap<double>>
evaluateEnvironment(const AcceleratorSpec &spec, const DesignPoint &point);

/// The concrete accelerator at a design point. Errors: as above; an expression
/// that fails; an extent or capacity that is no positive whole number.
llvm::Expected<Accelerator> instantiate(const AcceleratorSpec &spec,
                                        const DesignPoint &point);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_ACCELERATORSPEC_H
