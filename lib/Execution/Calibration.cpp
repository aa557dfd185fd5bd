//===- Calibration.cpp - The ranges of converters ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Execution/FiniteProgram.h"
#include "ohas/Transforms/Precision.h"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace ohas;

/// Everything ideal, nothing seen yet, noise from its beginning.
void FiniteProgram::clear() {
  for (Converter &converter : converters) {
    std::fill_n(converter.state, precision::ConverterStateSize, 0);
    converter.state[precision::Smallest] =
        std::numeric_limits<double>::infinity();
  }
  for (Layer &layer : layers)
    std::fill_n(layer.state, precision::LayerStateSize, 0);
  if (numDrawn)
    *numDrawn = 0;
}

std::string FiniteProgram::placeOf(const Converter &converter) const {
  return converter.layer < 0
             ? ""
             : " of layer '" + layers[converter.layer].name + "'";
}

double FiniteProgram::widening(cost::Tensor tensor, int64_t layer) const {
  bool isFixed = tensor == cost::Tensor::Weight && layer >= 0 &&
                 layers[layer].hasConstantWeight;
  return isFixed ? 1 : 1 + headroom;
}

double FiniteProgram::sigma(const Converter &converter) const {
  if (converter.what.tensor != cost::Tensor::Output)
    return converter.relativeSigma *
           std::max(-converter.least, converter.most) *
           widening(converter.what.tensor, converter.layer);
  return converter.layer < 0
             ? 0
             : converter.relativeSigma * layers[converter.layer].largestProduct;
}

cost::Resolution FiniteProgram::Converter::resolution(unsigned bits,
                                                      double widening) const {
  if (what.codeBits || !bits)
    return {};
  // Where nothing but zeros passed there is nothing to tell apart from them.
  if (least == 0 && most == 0)
    return {0, 0, std::numeric_limits<double>::min()};
  cost::Resolution codes = cost::onGrid(least, most, grid, bits);
  if (codes.step > 0)
    return codes;
  cost::Resolution chosen =
      cost::resolutionFor(least * widening, most * widening, bits);
  return what.isInteger ? cost::inWholeSteps(chosen) : chosen;
}

llvm::Error FiniteProgram::noteRanges() {
  for (Converter &converter : converters) {
    converter.least =
        std::min(converter.least, converter.state[precision::Least]);
    converter.most = std::max(converter.most, converter.state[precision::Most]);
    if (std::isinf(converter.least) || std::isinf(converter.most))
      return llvm::createStringError(
          "no range can be chosen for converter '" + converter.what.level +
          "'" + placeOf(converter) + ": values that are infinite pass it");
  }
  return llvm::Error::success();
}

void FiniteProgram::noteLargestProducts() {
  for (size_t i = 0; i < layers.size(); ++i)
    layers[i].largestProduct = layers[i].state[precision::InputRange] *
                               widening(cost::Tensor::Input, i) *
                               layers[i].state[precision::WeightRange] *
                               widening(cost::Tensor::Weight, i);
}

llvm::Error FiniteProgram::findGrids(llvm::ArrayRef<HostTensor> inputs) {
  // What quantised models keep in floats.
  constexpr unsigned codeBits = 8;
  std::vector<double> smallest;
  for (Converter &converter : converters)
    smallest.push_back(converter.state[precision::Smallest]);
  // The smallest code is 1 but for few tensors.
  constexpr unsigned largestSmallestCode = 4;
  for (unsigned code = 1; code <= largestSmallestCode; ++code) {
    std::vector<double> tried(converters.size());
    for (size_t i = 0; i < converters.size(); ++i) {
      const Converter &converter = converters[i];
      // Levels are chosen for operands; sums come as they are.
      if (converter.what.tensor == cost::Tensor::Output ||
          !converter.what.bits || converter.what.codeBits ||
          converter.grid > 0 || !std::isfinite(smallest[i]))
        continue;
      double step = smallest[i] / code;
      unsigned bits = std::max(codeBits, converter.what.bits);
      if (cost::onGrid(converter.least, converter.most, step, bits).step > 0)
        tried[i] = step;
    }
    if (llvm::all_of(tried, [](double step) { return step == 0; }))
      break;
    clear();
    for (size_t i = 0; i < converters.size(); ++i)
      converters[i].state[precision::Grid] = tried[i];
    auto results = program.run(inputs);
    if (!results)
      return results.takeError();
    for (size_t i = 0; i < converters.size(); ++i)
      if (tried[i] > 0 && converters[i].state[precision::OffGrid] == 0)
        converters[i].grid = tried[i];
  }
  return llvm::Error::success();
}

llvm::Error FiniteProgram::makeRoomForNoise(llvm::ArrayRef<HostTensor> inputs) {
  if (!numDrawn)
    return llvm::Error::success();
  clear();
  for (Converter &converter : converters)
    converter.state[precision::Sigma] = sigma(converter);
  auto results = program.run(inputs);
  if (!results)
    return results.takeError();
  return noteRanges();
}

llvm::Expected<std::vector<HostTensor>>
FiniteProgram::calibrate(llvm::ArrayRef<HostTensor> inputs) {
  clear();
  for (Converter &converter : converters)
    converter.least = converter.most = converter.grid = 0;
  auto results = program.run(inputs);
  if (!results)
    return results;
  if (llvm::Error error = noteRanges())
    return error;
  noteLargestProducts();
  if (llvm::Error error = findGrids(inputs))
    return error;
  if (llvm::Error error = makeRoomForNoise(inputs))
    return error;
  return results;
}
