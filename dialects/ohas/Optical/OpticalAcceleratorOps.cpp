//===- OpticalAcceleratorOps.cpp - Accelerators and their members ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "ohas/Optical/Optical.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

cost::LevelKind MemoryOp::getLevelKind() { return cost::LevelKind::Memory; }
cost::LevelKind ConverterOp::getLevelKind() {
  return cost::LevelKind::Converter;
}
cost::LevelKind FanoutOp::getLevelKind() { return cost::LevelKind::Fanout; }
cost::LevelKind ComponentOp::getLevelKind() {
  return cost::LevelKind::Component;
}
cost::LevelKind ComputeOp::getLevelKind() { return cost::LevelKind::Compute; }

static cost::TensorSet tensorSet(ArrayAttr names) {
  cost::TensorSet set;
  if (names)
    for (StringAttr name : names.getAsRange<StringAttr>())
      if (std::optional<cost::Tensor> tensor = cost::parseTensor(name))
        set.insert(*tensor);
  return set;
}

static cost::DimSet dimSet(ArrayAttr names) {
  cost::DimSet set;
  for (cost::Dim dim : cost::allDims)
    if (!names)
      set.insert(dim);
  if (names)
    for (StringAttr name : names.getAsRange<StringAttr>())
      if (std::optional<cost::Dim> dim = cost::parseDim(name))
        set.insert(*dim);
  return set;
}

cost::TensorSet MemoryOp::canKeep() { return tensorSet(getKeeps()); }
cost::TensorSet MemoryOp::mustKeep() { return tensorSet(getMustAttr()); }
cost::DimSet MemoryOp::temporalDims() { return dimSet(getLoopsAttr()); }
cost::DimSet FanoutOp::spatialDims() { return dimSet(getOverAttr()); }

cost::FanoutMode FanoutOp::mode(cost::Tensor tensor) {
  std::optional<FanoutMode> modes[] = {getWeightMode(), getInputMode(),
                                       getOutputMode()};
  return static_cast<cost::FanoutMode>(
      modes[cost::index(tensor)].value_or(FanoutMode::Private));
}

cost::TensorSet FanoutOp::wired() {
  cost::TensorSet set;
  if (getWeightWired())
    set.insert(cost::Tensor::Weight);
  if (getInputWired())
    set.insert(cost::Tensor::Input);
  if (getOutputWired())
    set.insert(cost::Tensor::Output);
  return set;
}

//===----------------------------------------------------------------------===//
// Accelerators
//===----------------------------------------------------------------------===//

SmallVector<OpticalLevelOp> AcceleratorOp::getLevels() {
  return llvm::to_vector(getBody().getOps<OpticalLevelOp>());
}

static cost::KnobSpec specOf(KnobOp knob) {
  cost::KnobSpec spec;
  spec.name = knob.getSymName();
  spec.description = knob.getDescription().value_or("");
  spec.defaultValue = knob.getDefaultValue().convertToDouble();
  llvm::append_range(spec.values, knob.getValues());
  return spec;
}

static cost::DeviceSpec specOf(DeviceOp device) {
  cost::DeviceSpec spec;
  spec.name = device.getSymName();
  spec.unit = device.getUnit().value_or("");
  spec.source = device.getSource().value_or("");
  spec.assumed = device.getAssumed();
  if (device.getValue())
    spec.values[""] = device.getValue()->convertToDouble();
  else
    for (NamedAttribute entry : device.getValuesAttr())
      spec.values[entry.getName().str()] =
          cast<FloatAttr>(entry.getValue()).getValueAsDouble();
  return spec;
}

/// Empty for text that does not parse, which verification rejects.
static cost::Expression expression(StringRef text) {
  llvm::Expected<cost::Expression> parsed = cost::Expression::parse(text);
  if (parsed)
    return *parsed;
  llvm::consumeError(parsed.takeError());
  return {};
}

static cost::LinkSpec specOf(LinkOp link) {
  cost::LinkSpec spec;
  spec.name = link.getSymName();
  spec.needsDbm = expression(link.getNeedsDbm().value_or(""));
  if (std::optional<StringRef> limit = link.getLimitDbm())
    spec.limitDbm = expression(*limit);
  if (std::optional<StringRef> enob = link.getEnob())
    spec.enob = expression(*enob);
  spec.source = link.getSource().value_or("");
  for (Operation &item : link.getBody().getOps()) {
    if (auto loss = dyn_cast<LossOp>(item))
      spec.losses.push_back({loss.getName().str(), expression(loss.getLossDb()),
                             "dB", loss.getSource().value_or("").str()});
    else if (auto figure = dyn_cast<FigureOp>(item))
      spec.figures.push_back({figure.getName().str(),
                              expression(figure.getValue()),
                              figure.getUnit().value_or("").str(),
                              figure.getSource().value_or("").str()});
  }
  return spec;
}

cost::AcceleratorSpec AcceleratorOp::getEnvironmentSpec() {
  cost::AcceleratorSpec spec;
  spec.name = getSymName();
  spec.title = getTitle().value_or("");
  spec.source = getSource().value_or("");
  for (Operation &member : getBody().getOps()) {
    if (auto knob = dyn_cast<KnobOp>(member))
      spec.knobs.push_back(specOf(knob));
    else if (auto set = dyn_cast<DeviceSetOp>(member))
      spec.deviceSets.push_back(
          {set.getSymName().str(), set.getSource().value_or("").str()});
    else if (auto device = dyn_cast<DeviceOp>(member))
      spec.devices.push_back(specOf(device));
    else if (auto define = dyn_cast<DefineOp>(member))
      spec.definitions.push_back({define.getSymName().str(),
                                  expression(define.getValue()),
                                  define.getSource().value_or("").str()});
    else if (auto link = dyn_cast<LinkOp>(member)) {
      spec.link = specOf(link);
      spec.definitions.push_back(
          {spec.link->name, cost::laserPower(*spec.link), spec.link->source});
    } else if (auto require = dyn_cast<RequireOp>(member))
      spec.requirements.push_back({expression(require.getCondition()),
                                   require.getReason().str(),
                                   require.getSource().value_or("").str()});
  }
  return spec;
}

static void readNumbers(DictionaryAttr from,
                        std::map<std::string, double> &to) {
  if (from)
    for (NamedAttribute entry : from)
      to[entry.getName().str()] =
          cast<FloatAttr>(entry.getValue()).getValueAsDouble();
}

cost::DesignPoint AcceleratorOp::getDesignPoint() {
  cost::DesignPoint point;
  DesignPointAttr configured = getConfiguredAttr();
  if (!configured)
    return point;
  readNumbers(configured.getKnobs(), point.knobs);
  readNumbers(configured.getOverrides(), point.deviceOverrides);
  if (configured.getDevices())
    point.deviceSet = configured.getDevices().str();
  return point;
}
