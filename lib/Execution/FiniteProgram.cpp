//===- FiniteProgram.cpp - A network on converters of few bits --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Execution/FiniteProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Pass/PassManager.h"
#include "ohas/Conversion/Passes.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Transforms/Passes.h"
#include "ohas/Transforms/Precision.h"
#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace ohas;

static LogicalResult writeOut(ModuleOp module,
                              const FinitePrecisionOptions &options) {
  PassManager manager(module.getContext());
  manager.addPass(createProbePrecision());
  manager.addPass(createConvertOpticalElectronicToLinalg());
  TileContractionsOptions tiling;
  tiling.integratorDrains = true;
  manager.addPass(createTileContractions(tiling));
  manager.addPass(createFinitePrecision(options));
  return manager.run(module);
}

FailureOr<FiniteProgram>
FiniteProgram::compile(ModuleOp module, const FinitePrecisionOptions &options,
                       double headroom, MissingWeights missing, uint64_t seed) {
  if (failed(writeOut(module, options)))
    return failure();
  // Lowering leaves nothing that says what the buffers are of.
  std::vector<std::pair<std::string, Converter>> converters;
  std::vector<std::pair<std::string, Layer>> layers;
  bool isNoisy = false;
  for (auto global : module.getOps<memref::GlobalOp>()) {
    std::string symbol = global.getSymName().str();
    if (auto what = global->getAttrOfType<DictionaryAttr>(
            precision::converterAttrName)) {
      auto &converter = converters.emplace_back(symbol, Converter()).second;
      auto tensor = optical::symbolizeTensor(
          cast<StringAttr>(what.get("tensor")).getValue());
      converter.what.tensor = static_cast<cost::Tensor>(*tensor);
      converter.what.level = cast<SymbolRefAttr>(what.get("level"))
                                 .getLeafReference()
                                 .getValue()
                                 .str();
      converter.what.bits = cast<IntegerAttr>(what.get("bits")).getInt();
      converter.what.isInteger = bool(what.get("integer"));
      if (auto codes = what.getAs<IntegerAttr>("codes"))
        converter.what.codeBits = codes.getInt();
      if (auto layer = what.getAs<IntegerAttr>("layer"))
        converter.layer = layer.getInt();
      if (auto sigma = what.getAs<FloatAttr>("sigma"))
        converter.relativeSigma = sigma.getValueAsDouble();
    } else if (auto what = global->getAttrOfType<DictionaryAttr>(
                   precision::layerAttrName)) {
      size_t number = cast<IntegerAttr>(what.get("number")).getInt();
      if (layers.size() <= number)
        layers.resize(number + 1);
      layers[number].first = symbol;
      Layer &layer = layers[number].second;
      layer.name = cast<StringAttr>(what.get("name")).getValue().str();
      layer.productsPerOutput =
          cast<FloatAttr>(what.get("products")).getValueAsDouble();
      layer.hasConstantWeight = bool(what.get("constant_weight"));
    }
    isNoisy |= symbol == precision::noiseCounterName;
  }
  // New globals are put first.
  std::reverse(converters.begin(), converters.end());

  auto compiled = Program::compile(module, missing, seed);
  if (failed(compiled))
    return failure();
  FiniteProgram result(std::move(*compiled), headroom);
  auto find = [&](StringRef symbol, auto *&pointer) -> LogicalResult {
    llvm::Expected<void *> found = result.program.lookup(symbol);
    if (!found)
      return mlir::emitError(module.getLoc())
             << llvm::toString(found.takeError());
    pointer = static_cast<std::remove_reference_t<decltype(pointer)>>(*found);
    return success();
  };
  auto findAll = [&](auto &from, auto &to) -> LogicalResult {
    for (auto &entry : from) {
      if (failed(find(entry.first, entry.second.state)))
        return failure();
      to.push_back(std::move(entry.second));
    }
    return success();
  };
  if (failed(findAll(converters, result.converters)) ||
      failed(findAll(layers, result.layers)) ||
      (isNoisy && failed(find(precision::noiseCounterName, result.numDrawn))))
    return failure();
  return result;
}

static cost::OutputPrecision compare(const std::string &name,
                                     const HostTensor &ideal,
                                     const HostTensor &finite) {
  cost::OutputPrecision output{name};
  for (int64_t i = 0; i < ideal.numElements(); ++i) {
    double apart = finite.at(i) - ideal.at(i);
    // Infinities that both have are no noise.
    if (finite.at(i) == ideal.at(i))
      apart = 0;
    if (std::isfinite(ideal.at(i)))
      output.signal += ideal.at(i) * ideal.at(i);
    output.noise += apart * apart;
  }
  return output;
}

llvm::Expected<FiniteProgram::Result>
FiniteProgram::run(llvm::ArrayRef<HostTensor> inputs,
                   llvm::ArrayRef<HostTensor> ideal, unsigned bits) {
  clear();
  for (Converter &converter : converters) {
    unsigned chosen = converter.bits(bits);
    if (chosen && chosen < converter.what.codeBits)
      return llvm::createStringError(
          "converter '" + converter.what.level + "'" + placeOf(converter) +
          " has " + llvm::Twine(chosen) + " bits, but converts codes of " +
          llvm::Twine(converter.what.codeBits));
    cost::Resolution resolution = converter.resolution(
        chosen, widening(converter.what.tensor, converter.layer));
    converter.what.resolution = resolution;
    converter.what.sigma = sigma(converter);
    converter.state[precision::Low] = resolution.low;
    converter.state[precision::High] = resolution.high;
    converter.state[precision::Step] = resolution.step;
    converter.state[precision::Grid] = resolution.step;
    converter.state[precision::Sigma] = converter.what.sigma;
  }
  auto outputs = program.run(inputs);
  if (!outputs)
    return outputs.takeError();

  Result result;
  result.precision.bits = bits;
  for (const Layer &layer : layers) {
    cost::LayerPrecision &to = result.precision.layers.emplace_back();
    to.name = layer.name;
    to.productsPerOutput = layer.productsPerOutput;
    to.outputs = layer.state[precision::Outputs];
    to.signal = layer.state[precision::Signal];
    to.noise = layer.state[precision::Noise];
    to.inputGain = layer.state[precision::InputGain];
    to.weightGain = layer.state[precision::WeightGain];
    to.weightErrorGain = layer.state[precision::WeightErrorGain];
  }
  for (const Converter &converter : converters) {
    if (converter.layer < 0)
      continue;
    cost::ConverterPrecision what = converter.what;
    what.bits = converter.bits(bits);
    what.elements = converter.state[precision::Elements];
    what.nonzeros = converter.state[precision::Nonzeros];
    what.offLevels = converter.state[precision::OffGrid];
    what.beyond = converter.state[precision::Beyond];
    what.least = converter.state[precision::Least];
    what.most = converter.state[precision::Most];
    result.precision.layers[converter.layer].converters.push_back(what);
  }
  for (size_t i = 0; i < outputs->size(); ++i)
    result.precision.outputs.push_back(
        compare(program.outputs()[i].name, ideal[i], (*outputs)[i]));
  result.outputs = std::move(*outputs);
  return result;
}
