//===- PublishedAccounting.cpp - A paper's own accounting -----------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"
#include "Shares.h"

using namespace ohas::cost;

using Environment = llvm::StringMap<double>;

namespace {

/// Evaluates the expressions of one accounting; errors say where.
class Accountant {
public:
  Accountant(const AcceleratorSpec &spec, const AccountingSpec &accounting,
             Environment values)
      : values(std::move(values)),
        where(fmt::format("accelerator '{}': accounting '{}'", spec.name,
                          accounting.name)) {}

  llvm::Error define(const DefinitionSpec &definition) {
    llvm::Expected<double> value = definition.value.evaluate(values);
    if (!value)
      return prefix(fmt::format("{}: definition '{}'", where, definition.name),
                    value.takeError());
    if (!values.try_emplace(definition.name, *value).second)
      return makeError("{}: '{}' is defined twice", where, definition.name);
    return llvm::Error::success();
  }

  bool knows(const Expression &expression) const {
    for (const std::string &name : expression.variables())
      if (!values.contains(name))
        return false;
    return true;
  }

  /// Absent expressions are `otherwise`; a negative value is an error.
  llvm::Expected<double> get(const std::string &what,
                             const Expression &expression,
                             double otherwise = 0) const {
    if (!expression)
      return otherwise;
    llvm::Expected<double> value = expression.evaluate(values);
    if (!value)
      return prefix(fmt::format("{}: {}", where, what), value.takeError());
    if (*value < 0)
      return makeError("{}: {} is {}, below 0", where, what, *value);
    return value;
  }

private:
  Environment values;
  std::string where;
};

} // namespace

static void bindOperation(const Workload &workload, Environment &values) {
  for (Dim dim : allDims)
    values[name(dim)] = double(workload.size(dim));
  values["macs"] = double(workload.macs());
  values["weight_is_constant"] = workload.weightIsConstant;
  values["input_is_nonnegative"] = workload.inputIsNonNegative;
}

static llvm::Error tally(const TallySpec &spec, const Accountant &accountant,
                         Cost &cost) {
  std::string what = fmt::format("tally '{}'", spec.name);
  llvm::Expected<double> applies =
      accountant.get(what + ": when", spec.when, 1);
  if (!applies)
    return applies.takeError();
  if (*applies == 0)
    return llvm::Error::success();
  llvm::Expected<double> count = accountant.get(what + ": count", spec.count);
  if (!count)
    return count.takeError();
  llvm::Expected<double> energy =
      accountant.get(what + ": energy_fj", spec.energyFj);
  if (!energy)
    return energy.takeError();
  addShare(cost.energyBreakdownFj, cost.energyFj, spec.name, *count * *energy);
  return llvm::Error::success();
}

llvm::Expected<Cost> ohas::cost::evaluatePublished(
    const Workload &workload, const AcceleratorSpec &spec,
    const AccountingSpec &accounting, const DesignPoint &point) {
  llvm::Expected<Environment> values = evaluateEnvironment(spec, point);
  if (!values)
    return values.takeError();
  double clockGhz = 1;
  auto clock = spec.properties.find("clock_ghz");
  if (clock != spec.properties.end()) {
    llvm::Expected<double> value = clock->second.evaluate(*values);
    if (!value)
      return prefix(fmt::format("accelerator '{}': clock_ghz", spec.name),
                    value.takeError());
    clockGhz = *value;
  }
  bindOperation(workload, *values);
  Accountant accountant(spec, accounting, std::move(*values));
  for (const DefinitionSpec &definition : accounting.definitions)
    if (llvm::Error error = accountant.define(definition))
      return error;
  llvm::Expected<double> latencyPs =
      accountant.get("latency_ps", accounting.latencyPs);
  if (!latencyPs)
    return latencyPs.takeError();
  Cost cost;
  cost.latencyPs = toIntegerUp(*latencyPs);
  cost.cycles = toIntegerUp(double(cost.latencyPs) / 1000 * clockGhz);
  cost.macs = workload.macs();
  cost.boundBy = accounting.name;
  for (const TallySpec &spec : accounting.tallies)
    if (llvm::Error error = tally(spec, accountant, cost))
      return error;
  return cost;
}

llvm::Expected<Footprint>
ohas::cost::footprintPublished(const AcceleratorSpec &spec,
                               const AccountingSpec &accounting,
                               const DesignPoint &point) {
  llvm::Expected<Environment> values = evaluateEnvironment(spec, point);
  if (!values)
    return values.takeError();
  Accountant accountant(spec, accounting, std::move(*values));
  // Definitions over the dims of an operation mean nothing here; an area or
  // power that uses one is reported as using an unknown name.
  for (const DefinitionSpec &definition : accounting.definitions)
    if (accountant.knows(definition.value))
      if (llvm::Error error = accountant.define(definition))
        return error;
  Footprint result;
  for (const TallySpec &tally : accounting.tallies) {
    std::string what = fmt::format("tally '{}'", tally.name);
    llvm::Expected<double> area =
        accountant.get(what + ": area_um2", tally.areaUm2);
    if (!area)
      return area.takeError();
    llvm::Expected<double> power =
        accountant.get(what + ": power_mw", tally.powerMw);
    if (!power)
      return power.takeError();
    addShare(result.areaBreakdownUm2, result.areaUm2, tally.name, *area);
    addShare(result.peakPowerBreakdownUw, result.peakPowerUw, tally.name,
             *power * 1000);
  }
  return result;
}
