//===- Workload.cpp - One contraction as the cost model sees it -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Workload.h"
#include "Windows.h"
#include "ohas/CostModel/Saturating.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>
#include <numeric>

using namespace ohas::cost;

static constexpr llvm::StringLiteral dimNames[] = {"N", "G", "M", "C", "P",
                                                   "Q", "R", "S", "D", "T"};
static constexpr llvm::StringLiteral tensorNames[] = {"weight", "input",
                                                      "output"};

llvm::StringRef ohas::cost::name(Dim dim) { return dimNames[index(dim)]; }

llvm::StringRef ohas::cost::name(Tensor tensor) {
  return tensorNames[index(tensor)];
}

std::optional<Dim> ohas::cost::parseDim(llvm::StringRef text) {
  const auto *found = llvm::find(dimNames, text);
  if (found == std::end(dimNames))
    return std::nullopt;
  return static_cast<Dim>(found - std::begin(dimNames));
}

std::optional<Tensor> ohas::cost::parseTensor(llvm::StringRef text) {
  const auto *found = llvm::find(tensorNames, text);
  if (found == std::end(tensorNames))
    return std::nullopt;
  return static_cast<Tensor>(found - std::begin(tensorNames));
}

int64_t Workload::macs() const {
  int64_t product = 1;
  for (int64_t size : sizes)
    product = saturatingMul(product, size);
  return product;
}

DimSet Workload::relevantDims(Tensor tensor) const {
  switch (tensor) {
  case Tensor::Weight:
    return {Dim::G, Dim::M, Dim::C, Dim::R, Dim::S, Dim::T};
  case Tensor::Input:
    return transposed ? DimSet{Dim::N, Dim::G, Dim::C, Dim::P, Dim::Q, Dim::D}
                      : DimSet{Dim::N, Dim::G, Dim::C, Dim::P, Dim::Q,
                               Dim::R, Dim::S, Dim::D, Dim::T};
  case Tensor::Output:
    return transposed ? DimSet{Dim::N, Dim::G, Dim::M, Dim::P, Dim::Q,
                               Dim::R, Dim::S, Dim::D, Dim::T}
                      : DimSet{Dim::N, Dim::G, Dim::M, Dim::P, Dim::Q, Dim::D};
  }
  return {};
}

int64_t ohas::cost::windowElements(int64_t positions, int64_t kernel,
                                   int64_t stride, int64_t dilation) {
  // Most tiles: they do without a common divisor.
  if (positions == 1 || kernel == 1)
    return positions * kernel;
  // Equal windows repeat every `stride` positions of the finer progression;
  // counting the new coordinates of each position is exact for any stride and
  // dilation: a coordinate is old if an earlier position reached it.
  int64_t step = std::gcd(stride, dilation);
  int64_t s = stride / step, d = dilation / step;
  // p*s + r*d == p'*s + r'*d  <=>  p - p' = k*d and r' - r = k*s. With s and d
  // coprime, position p repeats what position p - d showed, from kernel s on.
  int64_t fresh = std::min(positions, d);
  int64_t repeated = positions - fresh;
  return saturatingAdd(saturatingMul(fresh, kernel),
                       saturatingMul(repeated, std::min(kernel, s)));
}

std::pair<int64_t, int64_t> Workload::windowSteps(unsigned i) const {
  int64_t common = std::gcd(strides[i], dilations[i]);
  return {strides[i] / common, dilations[i] / common};
}

bool Workload::windowsOverlap(unsigned i) const {
  auto [position, kernel] = windowPairs[i];
  if (size(position) == 1 || size(kernel) == 1)
    return false;
  auto [s, d] = windowSteps(i);
  return size(position) > d && size(kernel) > s;
}

int64_t Workload::elements(Tensor tensor) const {
  bool windowed = tensor == (transposed ? Tensor::Output : Tensor::Input);
  int64_t product = 1;
  DimSet relevant = relevantDims(tensor);
  if (windowed)
    for (auto [axis, pair] : llvm::enumerate(windowPairs)) {
      product = saturatingMul(
          product, windowElements(size(pair.first), size(pair.second),
                                  strides[axis], dilations[axis]));
      relevant.erase(pair.first);
      relevant.erase(pair.second);
    }
  for (Dim dim : allDims)
    if (relevant.contains(dim))
      product = saturatingMul(product, size(dim));
  return product;
}

bool Workload::operator==(const Workload &other) const {
  return sizes == other.sizes && strides == other.strides &&
         dilations == other.dilations && transposed == other.transposed &&
         bits == other.bits && weightIsConstant == other.weightIsConstant &&
         inputIsNonNegative == other.inputIsNonNegative;
}

size_t Workload::hash() const {
  return llvm::hash_combine(
      llvm::hash_combine_range(sizes), llvm::hash_combine_range(strides),
      llvm::hash_combine_range(dilations), llvm::hash_combine_range(bits),
      transposed, weightIsConstant, inputIsNonNegative);
}
