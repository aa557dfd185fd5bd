//===- AcceleratorVerifier.cpp - Whether an accelerator makes sense -------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "mlir/IR/Builders.h"
#include "ohas/CostModel/Link.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

//===----------------------------------------------------------------------===//
// Members by themselves
//===----------------------------------------------------------------------===//

static bool isKnobValue(double value) {
  return std::isfinite(value) && value >= 0;
}

LogicalResult KnobOp::verify() {
  for (double value : getValues())
    if (!isKnobValue(value))
      return emitOpError() << "value " << formatDouble(value)
                           << " must be finite and not below 0";
  double byDefault = getDefaultValue().convertToDouble();
  if (!llvm::is_contained(getValues(), byDefault))
    return emitOpError() << "default " << formatDouble(byDefault)
                         << " is not among the values";
  SmallVector<double> sorted(getValues());
  llvm::sort(sorted);
  auto *twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end())
    return emitOpError() << "value " << formatDouble(*twice)
                         << " is listed twice";
  return success();
}

LogicalResult DeviceOp::verify() {
  if (getValue().has_value() == getValues().has_value())
    return emitOpError("needs either one value or one for each device set");
  if (!getSource() && !getAssumed())
    return emitOpError("needs a source, or the word 'assumed'");
  if (getValue() && !getValue()->isFinite())
    return emitOpError("value must be finite");
  if (getValuesAttr())
    for (NamedAttribute entry : getValuesAttr()) {
      auto number = dyn_cast<FloatAttr>(entry.getValue());
      if (!number || !number.getType().isF64() || !number.getValue().isFinite())
        return emitOpError() << "value of '" << entry.getName().getValue()
                             << "' must be a finite 64-bit float";
    }
  return success();
}

/// Every name is a tensor (or dim), and none is given twice.
template <typename Parse>
static LogicalResult verifyNames(Operation *op, StringRef what, ArrayAttr names,
                                 Parse parse, StringRef known) {
  llvm::StringSet<> seen;
  if (names)
    for (StringAttr name : names.getAsRange<StringAttr>()) {
      if (!parse(name.getValue()))
        return op->emitOpError()
               << "unknown " << what << " '" << name.getValue() << "'; the "
               << what << "s are " << known;
      if (!seen.insert(name.getValue()).second)
        return op->emitOpError()
               << "'" << name.getValue() << "' is given twice";
    }
  return success();
}

static LogicalResult verifyTensors(Operation *op, ArrayAttr names) {
  return verifyNames(op, "tensor", names, cost::parseTensor,
                     "weight, input, output");
}

static LogicalResult verifyDims(Operation *op, ArrayAttr names) {
  return verifyNames(op, "dim", names, cost::parseDim,
                     "N, G, M, C, P, Q, R, S, D, T");
}

LogicalResult MemoryOp::verify() {
  if (failed(verifyTensors(*this, getKeeps())) ||
      failed(verifyTensors(*this, getMustAttr())) ||
      failed(verifyDims(*this, getLoopsAttr())))
    return failure();
  for (cost::Tensor tensor : cost::allTensors)
    if (mustKeep().contains(tensor) && !canKeep().contains(tensor))
      return emitOpError() << "must keep '" << cost::name(tensor)
                           << "' but does not list it under keeps";
  if (getAccumulateLimit() && getNoAccumulate())
    return emitOpError("has an accumulate_limit but does not accumulate");
  if (getAccumulateLimit() && !canKeep().contains(cost::Tensor::Output))
    return emitOpError("has an accumulate_limit but cannot keep 'output'");
  return success();
}

LogicalResult ConverterOp::verify() {
  bool meetsDigital =
      (getFrom() == Domain::Digital) != (getTo() == Domain::Digital);
  if (getBits() && !meetsDigital)
    return emitOpError() << "has bits, but none are converted from "
                         << stringifyDomain(getFrom()) << " to "
                         << stringifyDomain(getTo());
  return success();
}

LogicalResult FanoutOp::verify() {
  if (failed(verifyDims(*this, getOverAttr())))
    return failure();
  for (cost::Tensor tensor : cost::allTensors) {
    bool isOutput = tensor == cost::Tensor::Output;
    cost::FanoutMode chosen = mode(tensor);
    bool isOperandMode = chosen == cost::FanoutMode::Broadcast ||
                         chosen == cost::FanoutMode::Window;
    if (isOutput ? isOperandMode : chosen == cost::FanoutMode::Sum)
      return emitOpError() << "'" << cost::name(tensor) << "' cannot be '"
                           << cost::name(chosen) << "'; its modes are "
                           << (isOutput ? "private, sum"
                                        : "private, broadcast, window");
  }
  return success();
}

LogicalResult ComponentOp::verify() {
  if (getDuty() == Duty::PerCount)
    return emitOpError("has no counts that a per_count duty could follow");
  return success();
}

LogicalResult ComputeOp::verify() { return success(); }

LogicalResult VectorUnitOp::verify() {
  if (getEnergyFjPerElementAttr())
    for (NamedAttribute entry : getEnergyFjPerElementAttr()) {
      StringRef name = entry.getName();
      if (!symbolizeOperationClass(name)) {
        SmallVector<StringRef> known;
        for (unsigned i = 0; i <= getMaxEnumValForOperationClass(); ++i)
          known.push_back(
              stringifyOperationClass(static_cast<OperationClass>(i)));
        return emitOpError()
               << "unknown operation class '" << name << "'; the classes are "
               << llvm::join(known, ", ");
      }
      if (!isa<StringAttr>(entry.getValue()))
        return emitOpError()
               << "energy of '" << name << "' must be an expression";
    }
  return success();
}

LogicalResult TallyOp::verify() {
  if (getEnergyFj() && !getCount())
    return emitOpError("has an energy_fj per count but no count");
  if (!getCount() && !getAreaUm2() && !getPowerMw())
    return emitOpError("counts nothing: give count, area_um2 or power_mw");
  return success();
}

//===----------------------------------------------------------------------===//
// Names in expressions
//===----------------------------------------------------------------------===//

namespace {
/// The names that expressions may use so far, in the order of declaration.
class Names {
public:
  void add(StringRef name) { known.insert(name); }
  bool contains(StringRef name) const { return known.contains(name); }

  LogicalResult check(Operation *op, StringRef property, StringRef text) const {
    llvm::Expected<cost::Expression> parsed = cost::Expression::parse(text);
    if (!parsed)
      return op->emitOpError()
             << property << ": " << llvm::toString(parsed.takeError());
    for (const std::string &name : parsed->variables())
      if (!known.contains(name)) {
        InFlightDiagnostic error = op->emitOpError()
                                   << property << ": unknown name '" << name
                                   << "'; ";
        if (known.empty())
          return error << "no knob, device or definition is known here";
        return error << "known are " << llvm::join(known, ", ");
      }
    return success();
  }

  /// Every expression of `op`, which are all its strings of these names.
  LogicalResult check(Operation *op, ArrayRef<StringRef> properties) const {
    for (StringRef property : properties)
      if (auto text = op->getAttrOfType<StringAttr>(property))
        if (failed(check(op, property, text.getValue())))
          return failure();
    return success();
  }

  /// Adds what `op` declares, if expressions can name it.
  LogicalResult declare(Operation *op, StringRef name) {
    llvm::Expected<cost::Expression> parsed = cost::Expression::parse(name);
    bool isName = bool(parsed) && parsed->variables().size() == 1 &&
                  parsed->variables().front() == name;
    if (!parsed)
      llvm::consumeError(parsed.takeError());
    if (!isName)
      return op->emitOpError() << "no expression can use the name '" << name
                               << "'; use letters, digits and _";
    if (cost::parseDim(name))
      return op->emitOpError() << "the name '" << name << "' is that of a dim";
    if (known.contains(name))
      return op->emitOpError() << "the name '" << name << "' is taken";
    known.insert(name);
    return success();
  }

private:
  llvm::SetVector<StringRef> known;
};
} // namespace

static const StringRef operationNames[] = {"macs", "weight_is_constant",
                                           "input_is_nonnegative"};

//===----------------------------------------------------------------------===//
// The nest as a whole
//===----------------------------------------------------------------------===//

static LogicalResult verifyNest(AcceleratorOp accelerator) {
  SmallVector<OpticalLevelOp> levels = accelerator.getLevels();
  if (levels.empty())
    return accelerator.emitOpError(
        "needs levels: a memory that keeps all tensors first, a compute level "
        "last");
  auto outermost = dyn_cast<MemoryOp>(levels.front().getOperation());
  if (!outermost)
    return levels.front().emitOpError(
        "is the outermost level, which must be a memory");
  for (cost::Tensor tensor : cost::allTensors)
    if (!outermost.canKeep().contains(tensor))
      return outermost.emitOpError()
             << "is the outermost memory and must keep weight, input and "
                "output; it cannot keep '"
             << cost::name(tensor) << "'";
  for (OpticalLevelOp level : levels) {
    bool isCompute = level.getLevelKind() == cost::LevelKind::Compute;
    bool isLast = level == levels.back();
    if (isCompute && !isLast)
      return level.emitOpError() << "must be the last level; @"
                                 << levels.back().getSymName() << " follows";
    if (!isCompute && isLast)
      return level.emitOpError(
          "is the last level, which must be a compute level");
  }
  return success();
}

/// A memory where activations stay between operations is one, not copies, and
/// has the outermost one above it.
static LogicalResult verifyResidency(AcceleratorOp accelerator) {
  MemoryOp outermost, resident;
  FanoutOp fanout;
  for (OpticalLevelOp level : accelerator.getLevels()) {
    Operation *op = level;
    if (auto memory = dyn_cast<MemoryOp>(op)) {
      if (!memory.getResident()) {
        outermost = outermost ? outermost : memory;
        continue;
      }
      if (resident)
        return memory.emitOpError("is the second resident memory; there is at "
                                  "most one");
      resident = memory;
      if (!outermost)
        return memory.emitOpError("is the outermost memory: all is resident");
      if (fanout)
        return memory.emitOpError()
               << "is resident, but below fan-out @" << fanout.getSymName()
               << ", which makes copies of it";
    } else if (auto found = dyn_cast<FanoutOp>(op)) {
      fanout = found;
    }
  }
  return success();
}

static LogicalResult verifyDevice(DeviceOp device, ArrayRef<DeviceSetOp> sets) {
  DictionaryAttr values = device.getValuesAttr();
  if (!values)
    return success();
  for (DeviceSetOp set : sets)
    if (!values.get(set.getSymName()))
      return device.emitOpError()
             << "has no value for device set '" << set.getSymName() << "'";
  for (NamedAttribute entry : values)
    if (llvm::none_of(sets, [&](DeviceSetOp set) {
          return set.getSymName() == entry.getName();
        }))
      return device.emitOpError()
             << "unknown device set '" << entry.getName().getValue() << "'";
  return success();
}

static LogicalResult verifyConfigured(AcceleratorOp accelerator) {
  DesignPointAttr point = accelerator.getConfiguredAttr();
  if (!point)
    return success();
  SymbolTable symbols(accelerator);
  auto names = [](DictionaryAttr dictionary) {
    return dictionary ? dictionary.getValue() : ArrayRef<NamedAttribute>();
  };
  for (NamedAttribute knob : names(point.getKnobs())) {
    if (!symbols.lookup<KnobOp>(knob.getName()))
      return accelerator.emitOpError() << "configured: unknown knob '"
                                       << knob.getName().getValue() << "'";
    if (!isKnobValue(cast<FloatAttr>(knob.getValue()).getValueAsDouble()))
      return accelerator.emitOpError()
             << "configured: knob '" << knob.getName().getValue()
             << "' must be finite and not below 0";
  }
  for (NamedAttribute device : names(point.getOverrides()))
    if (!symbols.lookup<DeviceOp>(device.getName()))
      return accelerator.emitOpError() << "configured: unknown device '"
                                       << device.getName().getValue() << "'";
  if (point.getDevices() && !symbols.lookup<DeviceSetOp>(point.getDevices()))
    return accelerator.emitOpError() << "configured: unknown device set '"
                                     << point.getDevices().getValue() << "'";
  return success();
}

static LogicalResult verifyAccounting(AccountingOp accounting, Names names) {
  for (cost::Dim dim : cost::allDims)
    names.add(cost::name(dim));
  for (StringRef name : operationNames)
    names.add(name);
  for (auto define : accounting.getBody().getOps<DefineOp>())
    if (failed(names.check(define, "value", define.getValue())) ||
        failed(names.declare(define, define.getSymName())))
      return failure();
  for (auto tally : accounting.getBody().getOps<TallyOp>())
    if (failed(names.check(
            tally, {"when", "count", "energy_fj", "area_um2", "power_mw"})))
      return failure();
  return names.check(accounting, {"latency_ps"});
}

/// What adds up to the laser's power.
static LogicalResult verifyBudget(LinkOp link, const Names &names) {
  if (failed(names.check(link, {"needs_dbm", "limit_dbm"})))
    return failure();
  for (auto loss : link.getBody().getOps<LossOp>())
    if (failed(names.check(loss, "loss_db", loss.getLossDb())))
      return failure();
  return success();
}

/// What depends on all definitions: figures of links, and requirements.
static LogicalResult verifyFeasibility(Region &body, const Names &names) {
  for (auto link : body.getOps<LinkOp>())
    for (auto figure : link.getBody().getOps<FigureOp>())
      if (failed(names.check(figure, "value", figure.getValue())))
        return failure();
  for (auto require : body.getOps<RequireOp>()) {
    if (failed(names.check(require, "condition", require.getCondition())))
      return failure();
    for (const std::string &name : cost::namesIn(require.getReason()))
      if (!names.contains(name))
        return require.emitOpError()
               << "reason: unknown name '" << name << "' in braces";
  }
  return success();
}

/// All expressions, against knobs, devices and the definitions before them.
static LogicalResult verifyExpressions(AcceleratorOp accelerator) {
  Names names;
  Region &body = accelerator.getBody();
  for (auto knob : body.getOps<KnobOp>())
    if (failed(names.declare(knob, knob.getSymName())))
      return failure();
  for (auto device : body.getOps<DeviceOp>())
    if (failed(names.declare(device, device.getSymName())))
      return failure();
  for (Operation &member : body.getOps()) {
    if (auto define = dyn_cast<DefineOp>(member))
      if (failed(names.check(define, "value", define.getValue())) ||
          failed(names.declare(define, define.getSymName())))
        return failure();
    if (auto link = dyn_cast<LinkOp>(member))
      if (failed(verifyBudget(link, names)) ||
          failed(names.declare(link, link.getSymName())))
        return failure();
  }
  if (failed(verifyFeasibility(body, names)))
    return failure();
  if (failed(names.check(accelerator, cost::acceleratorProperties())))
    return failure();
  for (OpticalLevelOp level : accelerator.getLevels())
    if (failed(names.check(level, cost::levelProperties(level.getLevelKind()))))
      return failure();
  for (auto unit : body.getOps<VectorUnitOp>()) {
    if (failed(names.check(unit, cost::vectorUnitProperties())))
      return failure();
    if (DictionaryAttr energies = unit.getEnergyFjPerElementAttr())
      for (NamedAttribute entry : energies)
        if (failed(names.check(unit, entry.getName(),
                               cast<StringAttr>(entry.getValue()).getValue())))
          return failure();
  }
  for (auto accounting : body.getOps<AccountingOp>())
    if (failed(verifyAccounting(accounting, names)))
      return failure();
  return success();
}

LogicalResult AccountingOp::verifyRegions() {
  for (Operation &member : getBody().getOps())
    if (!isa<DefineOp, TallyOp>(member))
      return member.emitOpError("cannot be part of an optical.accounting");
  return success();
}

LogicalResult LinkOp::verifyRegions() {
  if (!getNeedsDbm())
    return emitOpError("has no needs_dbm: what must reach the detector?");
  for (Operation &item : getBody().getOps())
    if (!isa<LossOp, FigureOp>(item))
      return item.emitOpError("cannot be part of an optical.link");
  return success();
}

LogicalResult AcceleratorOp::verifyRegions() {
  SmallVector<DeviceSetOp> sets(getBody().getOps<DeviceSetOp>());
  for (Operation &member : getBody().getOps()) {
    if (!isa<KnobOp, DeviceSetOp, DeviceOp, DefineOp, LinkOp, RequireOp,
             OpticalLevelOp, VectorUnitOp, AccountingOp>(member))
      return member.emitOpError("cannot be part of an optical.accelerator");
    if (auto device = dyn_cast<DeviceOp>(member))
      if (failed(verifyDevice(device, sets)))
        return failure();
  }
  SmallVector<LinkOp> links(getBody().getOps<LinkOp>());
  if (links.size() > 1)
    return links[1].emitOpError(
        "is the second; an accelerator has at most one, the path with the most "
        "loss");
  SmallVector<VectorUnitOp> units(getBody().getOps<VectorUnitOp>());
  if (units.size() > 1)
    return units[1].emitOpError(
        "is the second; an accelerator has at most one");
  for (VectorUnitOp unit : units)
    if (!isa_and_nonnull<MemoryOp>(mlir::SymbolTable::lookupSymbolIn(
            *this, unit.getMemoryAttr().getAttr())))
      return unit.emitOpError() << "is at @" << unit.getMemory()
                                << ", which is no memory of this accelerator";
  return success(succeeded(verifyNest(*this)) &&
                 succeeded(verifyResidency(*this)) &&
                 succeeded(verifyExpressions(*this)) &&
                 succeeded(verifyConfigured(*this)));
}
