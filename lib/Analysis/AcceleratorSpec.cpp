//===- AcceleratorSpec.cpp - Reads an accelerator's description -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

/// `text` as an expression; an empty one without text.
static LogicalResult read(Operation *op, StringRef property, StringAttr text,
                          cost::Expression &expression) {
  if (!text)
    return success();
  llvm::Expected<cost::Expression> parsed =
      cost::Expression::parse(text.getValue());
  if (!parsed)
    return op->emitOpError()
           << property << ": " << llvm::toString(parsed.takeError());
  expression = std::move(*parsed);
  return success();
}

static LogicalResult readProperties(Operation *op, ArrayRef<StringRef> names,
                                    cost::Properties &properties) {
  for (StringRef name : names)
    if (auto text = op->getAttrOfType<StringAttr>(name))
      if (failed(read(op, name, text, properties[name.str()])))
        return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

static void readMemory(MemoryOp memory, cost::LevelSpec &spec) {
  spec.canKeep = memory.canKeep();
  spec.mustKeep = memory.mustKeep();
  if (memory.getLoopsAttr())
    spec.temporalDims = memory.temporalDims();
  spec.doubleBuffered = memory.getDoubleBuffered();
  spec.accumulates = !memory.getNoAccumulate();
  spec.resident = memory.getResident();
  spec.halfDuplex = memory.getHalfDuplex();
}

static void readConverter(ConverterOp converter, cost::LevelSpec &spec) {
  spec.tensor = static_cast<cost::Tensor>(converter.getTensor());
  spec.from = stringifyDomain(converter.getFrom());
  spec.to = stringifyDomain(converter.getTo());
  spec.hold = converter.getHold();
}

static void readFanout(FanoutOp fanout, cost::LevelSpec &spec) {
  if (fanout.getOverAttr())
    spec.spatialDims = fanout.spatialDims();
  for (cost::Tensor tensor : cost::allTensors)
    spec.modes[cost::index(tensor)] = fanout.mode(tensor);
  spec.wired = fanout.wired();
}

static FailureOr<cost::LevelSpec> specOf(OpticalLevelOp level) {
  cost::LevelSpec spec;
  spec.name = level.getSymName();
  spec.kind = level.getLevelKind();
  spec.source = level.getSource().value_or("");
  if (auto duty = level->getAttrOfType<DutyAttr>("duty"))
    spec.duty = static_cast<cost::Duty>(duty.getValue());
  Operation *op = level;
  if (auto memory = dyn_cast<MemoryOp>(op))
    readMemory(memory, spec);
  else if (auto converter = dyn_cast<ConverterOp>(op))
    readConverter(converter, spec);
  else if (auto fanout = dyn_cast<FanoutOp>(op))
    readFanout(fanout, spec);
  if (failed(readProperties(op, cost::levelProperties(spec.kind),
                            spec.properties)))
    return failure();
  return spec;
}

//===----------------------------------------------------------------------===//
// Vector unit and accountings
//===----------------------------------------------------------------------===//

static LogicalResult readVectorUnit(VectorUnitOp unit,
                                    cost::VectorUnitSpec &spec) {
  spec.name = unit.getSymName();
  spec.memory = unit.getMemory();
  spec.source = unit.getSource().value_or("");
  if (DictionaryAttr energies = unit.getEnergyFjPerElementAttr())
    for (NamedAttribute entry : energies) {
      std::optional<cost::OperationClass> operationClass =
          cost::parseOperationClass(entry.getName());
      auto text = dyn_cast<StringAttr>(entry.getValue());
      if (!operationClass || !text ||
          failed(read(unit, entry.getName(), text,
                      spec.energyFjPerElement[*operationClass])))
        return failure();
    }
  return readProperties(unit, cost::vectorUnitProperties(), spec.properties);
}

static LogicalResult readTally(TallyOp tally, cost::TallySpec &spec) {
  spec.name = tally.getSymName();
  spec.source = tally.getSource().value_or("");
  return success(
      succeeded(read(tally, "when", tally.getWhenAttr(), spec.when)) &&
      succeeded(read(tally, "count", tally.getCountAttr(), spec.count)) &&
      succeeded(
          read(tally, "energy_fj", tally.getEnergyFjAttr(), spec.energyFj)) &&
      succeeded(
          read(tally, "area_um2", tally.getAreaUm2Attr(), spec.areaUm2)) &&
      succeeded(read(tally, "power_mw", tally.getPowerMwAttr(), spec.powerMw)));
}

static LogicalResult readAccounting(AccountingOp accounting,
                                    cost::AccountingSpec &spec) {
  spec.name = accounting.getSymName();
  spec.source = accounting.getSource().value_or("");
  for (auto define : accounting.getBody().getOps<DefineOp>()) {
    cost::DefinitionSpec &definition = spec.definitions.emplace_back();
    definition.name = define.getSymName();
    definition.source = define.getSource().value_or("");
    if (failed(read(define, "value", define.getValueAttr(), definition.value)))
      return failure();
  }
  for (auto tally : accounting.getBody().getOps<TallyOp>())
    if (failed(readTally(tally, spec.tallies.emplace_back())))
      return failure();
  return read(accounting, "latency_ps", accounting.getLatencyPsAttr(),
              spec.latencyPs);
}

//===----------------------------------------------------------------------===//
// Accelerators
//===----------------------------------------------------------------------===//

FailureOr<cost::AcceleratorSpec> ohas::buildSpec(AcceleratorOp accelerator) {
  cost::AcceleratorSpec spec = accelerator.getEnvironmentSpec();
  if (failed(readProperties(accelerator, cost::acceleratorProperties(),
                            spec.properties)))
    return failure();
  for (OpticalLevelOp level : accelerator.getLevels()) {
    FailureOr<cost::LevelSpec> levelSpec = specOf(level);
    if (failed(levelSpec))
      return failure();
    spec.levels.push_back(std::move(*levelSpec));
  }
  for (auto unit : accelerator.getBody().getOps<VectorUnitOp>())
    if (failed(readVectorUnit(unit, spec.vectorUnit.emplace())))
      return failure();
  for (auto accounting : accelerator.getBody().getOps<AccountingOp>())
    if (failed(readAccounting(accounting, spec.accountings.emplace_back())))
      return failure();
  return spec;
}

FailureOr<cost::DesignPoint> ohas::designPointOf(AcceleratorOp accelerator) {
  return accelerator.getDesignPoint();
}

static DictionaryAttr numbers(Builder builder,
                              const std::map<std::string, double> &values) {
  if (values.empty())
    return {};
  NamedAttrList list;
  for (const auto &[name, value] : values)
    list.append(name, builder.getF64FloatAttr(value));
  return list.getDictionary(builder.getContext());
}

DesignPointAttr ohas::fromDesignPoint(MLIRContext *context,
                                      const cost::DesignPoint &point) {
  Builder builder(context);
  StringAttr devices = point.deviceSet.empty()
                           ? StringAttr()
                           : builder.getStringAttr(point.deviceSet);
  return DesignPointAttr::get(context, numbers(builder, point.knobs), devices,
                              numbers(builder, point.deviceOverrides));
}

FailureOr<cost::Accelerator> ohas::buildAccelerator(AcceleratorOp accelerator) {
  FailureOr<cost::AcceleratorSpec> spec = buildSpec(accelerator);
  if (failed(spec))
    return failure();
  llvm::Expected<cost::Accelerator> result =
      cost::instantiate(*spec, accelerator.getDesignPoint());
  if (!result)
    return accelerator.emitOpError() << llvm::toString(result.takeError());
  return std::move(*result);
}

FailureOr<AcceleratorOp> ohas::targetOf(Operation *module) {
  auto target = module->getAttrOfType<FlatSymbolRefAttr>(targetAttrName);
  if (!target)
    return module->emitError()
           << "no accelerator is chosen: '" << targetAttrName << "' is missing";
  auto accelerator = dyn_cast_or_null<AcceleratorOp>(
      SymbolTable::lookupSymbolIn(module, target.getAttr()));
  if (!accelerator)
    return module->emitError()
           << "'" << targetAttrName
           << "' names no accelerator of this module: " << target;
  return accelerator;
}
