//===- Instantiate.cpp - An accelerator at one design point -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"
#include "PropertyReader.h"
#include "llvm/ADT/StringSet.h"

using namespace ohas::cost;

/// Copies of a fan-out: more cannot be meant, and products stay in range.
static constexpr int64_t maxExtent = 1 << 24;
static constexpr int64_t maxBits = 64, maxAccumulatorBits = 256;

static constexpr TensorSet everyTensor = {Tensor::Weight, Tensor::Input,
                                          Tensor::Output};

static void readMemory(PropertyReader &reader, const LevelSpec &spec,
                       Level &level) {
  level.canKeep = spec.canKeep;
  level.mustKeep = spec.mustKeep;
  level.temporalDims = spec.temporalDims.value_or(everyDim);
  level.doubleBuffered = spec.doubleBuffered;
  level.accumulates = spec.accumulates;
  level.resident = spec.resident;
  level.halfDuplex = spec.halfDuplex;
  if (!spec.mustKeep.isSubsetOf(spec.canKeep))
    reader.fail("must keep a tensor that it does not list as kept");
  reader.whole("capacity_bits", level.capacityBits);
  reader.whole("accumulate_limit", level.accumulateLimit);
  reader.nonNegative("read_fj_per_bit", level.readFjPerBit);
  reader.nonNegative("write_fj_per_bit", level.writeFjPerBit);
  reader.positive("read_bits_per_cycle", level.readBitsPerCycle);
  reader.positive("write_bits_per_cycle", level.writeBitsPerCycle);
  reader.nonNegative("write_latency_ns", level.writeLatencyNs);
  reader.positive("write_elements_per_ns", level.writeElementsPerNs);
  double weightsResident = 0;
  reader.nonNegative("weights_resident", weightsResident);
  level.weightsResident = weightsResident != 0;
  if (weightsResident != 0 && (weightsResident != 1 || !level.resident))
    reader.fail("weights_resident is 0 or, in a resident memory, 1");
}

static void readFanout(PropertyReader &reader, const LevelSpec &spec,
                       Level &level) {
  level.spatialDims = spec.spatialDims.value_or(everyDim);
  level.modes = spec.modes;
  level.wired = spec.wired;
  reader.whole("extent", level.extent, maxExtent);
  static constexpr llvm::StringLiteral maxNames[] = {"max_weight", "max_input",
                                                     "max_output"};
  for (Tensor tensor : allTensors) {
    reader.whole(maxNames[index(tensor)], level.maxPerStep[index(tensor)]);
    FanoutMode mode = spec.modes[index(tensor)];
    bool fits = mode == FanoutMode::Private ||
                (mode == FanoutMode::Sum) == (tensor == Tensor::Output);
    if (!fits)
      reader.fail(
          fmt::format("mode '{}' is not one of {}: {}", name(mode).str(),
                      tensor == Tensor::Output ? "outputs" : "operands",
                      tensor == Tensor::Output ? "private, sum"
                                               : "private, broadcast, window"));
  }
}

static llvm::Expected<Level> readLevel(const LevelSpec &spec, double clockGhz,
                                       const llvm::StringMap<double> &values) {
  Level level;
  level.name = spec.name;
  level.kind = spec.kind;
  level.duty = spec.duty;
  level.clockGhz = clockGhz;
  PropertyReader reader(spec.properties, values,
                        fmt::format("level '{}'", spec.name));
  reader.checkNames(levelProperties(spec.kind));
  reader.nonNegative("area_um2", level.areaUm2);
  reader.nonNegative("static_uw", level.staticUw);
  reader.positive("clock_ghz", level.clockGhz);
  // A component may be switched off by its count; the others are on the path.
  if (spec.kind == LevelKind::Component)
    reader.nonNegative("count", level.count);
  else
    reader.positive("count", level.count);
  if (spec.duty == Duty::PerCount &&
      (spec.kind == LevelKind::Component || spec.kind == LevelKind::Fanout))
    reader.fail(fmt::format("duty per_count, but nothing is counted at a {}",
                            name(spec.kind).str()));
  switch (spec.kind) {
  case LevelKind::Memory:
    readMemory(reader, spec, level);
    break;
  case LevelKind::Converter:
    level.tensor = spec.tensor;
    level.hold = spec.hold;
    reader.nonNegative("energy_fj", level.energyFj);
    reader.positive("rate_ghz", level.rateGhz);
    reader.bits("bits", level.resolutionBits, 32);
    break;
  case LevelKind::Fanout:
    readFanout(reader, spec, level);
    break;
  case LevelKind::Compute:
    reader.nonNegative("energy_fj", level.energyFj);
    break;
  case LevelKind::Component:
    break;
  }
  if (llvm::Error error = reader.take())
    return error;
  return level;
}

/// What the counts rely on: one compute level, last; one outermost memory that
/// can keep everything, above every fan-out.
static llvm::Error checkNest(const AcceleratorSpec &spec) {
  llvm::StringSet<> names;
  for (const LevelSpec &level : spec.levels)
    if (!names.insert(level.name).second)
      return makeError("two levels are called '{}'", level.name);
  if (spec.levels.empty() || spec.levels.back().kind != LevelKind::Compute)
    return makeError("the last level must be a compute level");
  const LevelSpec *outermost = nullptr;
  for (const LevelSpec &level : spec.levels) {
    if (level.kind == LevelKind::Compute && &level != &spec.levels.back())
      return makeError("compute level '{}' is not the last level", level.name);
    if (!outermost &&
        (level.kind == LevelKind::Fanout || level.kind == LevelKind::Converter))
      return makeError("{} '{}' lies above the outermost memory",
                       name(level.kind).str(), level.name);
    if (!outermost && level.kind == LevelKind::Memory)
      outermost = &level;
  }
  if (!outermost)
    return makeError("there is no memory level");
  if (outermost->canKeep != everyTensor)
    return makeError("the outermost memory '{}' must be able to keep weight, "
                     "input and output",
                     outermost->name);
  return llvm::Error::success();
}

static llvm::Expected<VectorUnit>
readVectorUnit(const VectorUnitSpec &spec, const Accelerator &accelerator,
               const llvm::StringMap<double> &values) {
  VectorUnit unit;
  unit.name = spec.name;
  unit.memory = spec.memory;
  unit.clockGhz = accelerator.clockGhz;
  unit.energyFjPerElement.assign(numOperationClasses, 0);
  std::string where = fmt::format("vector unit '{}'", spec.name);
  PropertyReader reader(spec.properties, values, where);
  reader.checkNames(vectorUnitProperties());
  reader.positive("elements_per_cycle", unit.elementsPerCycle);
  reader.positive("clock_ghz", unit.clockGhz);
  reader.nonNegative("area_um2", unit.areaUm2);
  reader.nonNegative("static_uw", unit.staticUw);
  reader.nonNegative("overlap", unit.overlap);
  if (unit.overlap > 1)
    reader.fail(fmt::format("overlap is {}, above 1", unit.overlap));
  if (!spec.properties.count("elements_per_cycle"))
    reader.fail("elements_per_cycle is missing");
  std::optional<unsigned> memory = accelerator.findLevel(spec.memory);
  if (!memory || accelerator.levels[*memory].kind != LevelKind::Memory)
    reader.fail(fmt::format("there is no memory level '{}'", spec.memory));
  if (accelerator.findLevel(spec.name))
    reader.fail("a level has the same name");
  if (llvm::Error error = reader.take())
    return error;
  for (const auto &[operationClass, energy] : spec.energyFjPerElement) {
    llvm::Expected<double> value = energy.evaluate(values);
    std::string at =
        fmt::format("{}: energy of {}", where, name(operationClass).str());
    if (!value)
      return prefix(at, value.takeError());
    if (*value < 0)
      return makeError("{} is {}, below 0", at, *value);
    unit.energyFjPerElement[index(operationClass)] = *value;
  }
  return unit;
}

static llvm::Error readAccelerator(const AcceleratorSpec &spec,
                                   const llvm::StringMap<double> &values,
                                   Accelerator &accelerator) {
  accelerator.name = spec.name;
  PropertyReader reader(spec.properties, values, "properties");
  reader.checkNames(acceleratorProperties());
  reader.positive("clock_ghz", accelerator.clockGhz);
  reader.nonNegative("fill_ns", accelerator.fillNs);
  static constexpr llvm::StringLiteral bitNames[] = {
      "weight_bits", "input_bits", "output_bits"};
  for (Tensor tensor : allTensors)
    reader.bits(bitNames[index(tensor)], accelerator.bits[index(tensor)],
                maxBits);
  reader.bits("accumulator_bits", accelerator.accumulatorBits,
              maxAccumulatorBits);
  return reader.take();
}

static llvm::Error readFeasibility(const AcceleratorSpec &spec,
                                   const llvm::StringMap<double> &values,
                                   Accelerator &accelerator) {
  auto unmet = unmetRequirements(spec.requirements, values);
  if (!unmet)
    return unmet.takeError();
  accelerator.unmetRequirements = std::move(*unmet);
  if (!spec.link)
    return llvm::Error::success();
  llvm::Expected<LinkBudget> link = evaluateLink(*spec.link, values);
  if (!link)
    return link.takeError();
  accelerator.link = std::move(*link);
  return llvm::Error::success();
}

static llvm::Error fill(const AcceleratorSpec &spec,
                        const llvm::StringMap<double> &values,
                        Accelerator &accelerator) {
  if (llvm::Error error = readAccelerator(spec, values, accelerator))
    return error;
  if (llvm::Error error = readFeasibility(spec, values, accelerator))
    return error;
  if (llvm::Error error = checkNest(spec))
    return error;
  for (const LevelSpec &levelSpec : spec.levels) {
    llvm::Expected<Level> level =
        readLevel(levelSpec, accelerator.clockGhz, values);
    if (!level)
      return level.takeError();
    accelerator.levels.push_back(std::move(*level));
  }
  if (!spec.vectorUnit)
    return llvm::Error::success();
  llvm::Expected<VectorUnit> unit =
      readVectorUnit(*spec.vectorUnit, accelerator, values);
  if (!unit)
    return unit.takeError();
  accelerator.vectorUnit = std::move(*unit);
  return llvm::Error::success();
}

llvm::Expected<Accelerator> ohas::cost::instantiate(const AcceleratorSpec &spec,
                                                    const DesignPoint &point) {
  llvm::Expected<llvm::StringMap<double>> values =
      evaluateEnvironment(spec, point);
  if (!values)
    return values.takeError();
  Accelerator accelerator;
  if (llvm::Error error = fill(spec, *values, accelerator))
    return prefix(fmt::format("accelerator '{}'", spec.name), std::move(error));
  return accelerator;
}
