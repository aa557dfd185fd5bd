//===- Weights.cpp - Weights as arguments -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "ohas/Execution/Program.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Support/Random.h"
#include <cmath>

using namespace mlir;
using namespace ohas;

/// Smaller constants stay in the code.
static constexpr int64_t minElements = 257;

static std::string nameOf(Type type) {
  std::string name;
  llvm::raw_string_ostream(name) << type;
  return name;
}

static uint64_t hashOf(StringRef text, uint64_t seed) {
  // FNV-1a: the same on every machine.
  uint64_t hash = 14695981039346656037u ^ (seed * 0x9e3779b97f4a7c15u);
  for (unsigned char c : text)
    hash = (hash ^ c) * 1099511628211u;
  return hash;
}

static constexpr llvm::StringLiteral fanInAttrName = "ohas.fan_in";

/// How many products a weight's result sums, so that values neither grow nor
/// fade from layer to layer.
static int64_t fanIn(Value weight) {
  if (Operation *op = weight.getDefiningOp())
    if (auto recorded = op->getAttrOfType<IntegerAttr>(fanInAttrName))
      return recorded.getInt();
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t count = type.getNumElements();
  for (Operation *user : weight.getUsers()) {
    if (isa<optical::ConvOp>(user) && user->getOperand(1) == weight)
      return count / std::max<int64_t>(1, type.getDimSize(0));
    if (isa<optical::ConvTransposeOp>(user) && user->getOperand(1) == weight)
      return type.getDimSize(0);
    if (auto matmul = dyn_cast<optical::MatmulOp>(user)) {
      bool isRight = matmul.getRhs() == weight;
      bool isSwapped =
          isRight ? matmul.getTransposeRhs() : !matmul.getTransposeLhs();
      int64_t rank = type.getRank();
      return type.getDimSize(isSwapped ? rank - 1 : rank - 2);
    }
  }
  return 0;
}

void ohas::recordFanIns(ModuleOp module) {
  module.walk([](arith::ConstantOp op) {
    if (!isa<DenseResourceElementsAttr>(op.getValue()))
      return;
    Builder b(op.getContext());
    op->setAttr(fanInAttrName, b.getI64IntegerAttr(fanIn(op)));
  });
}

/// Uniform in [-a, a] with a variance of 2 / fan-in; all that multiplies no
/// activations (biases, scales, variances) is between 0.5 and 1.5.
static void fillRandomly(HostTensor &tensor, Value weight, StringRef name,
                         uint64_t seed) {
  Random random(hashOf(name, seed));
  int64_t inputs = fanIn(weight);
  bool isReal = tensor.element[0] == 'f' || tensor.element[0] == 'b';
  double reach = inputs ? std::sqrt(6.0 / inputs) : 0.5;
  double centre = inputs ? 0 : 1;
  for (int64_t i = 0, count = tensor.numElements(); i < count; ++i) {
    double unit = static_cast<double>(random.next() >> 11) * 0x1p-53;
    double value = centre + (2 * unit - 1) * reach;
    tensor.set(i, isReal
                      ? value
                      : (tensor.element[0] == 'u' ? unit * 16 : unit * 16 - 8));
  }
}

static void copyElements(HostTensor &tensor, DenseElementsAttr values) {
  for (auto [i, value] : llvm::enumerate(values.getValues<Attribute>())) {
    char *to = tensor.bytes.data() + i * elementBytes(tensor.element);
    APInt bits = isa<FloatAttr>(value)
                     ? cast<FloatAttr>(value).getValue().bitcastToAPInt()
                     : cast<IntegerAttr>(value).getValue();
    uint64_t raw = bits.getZExtValue();
    std::memcpy(to, &raw, elementBytes(tensor.element));
  }
}

/// The bytes of a resource where code can use them as they are.
static std::optional<ArrayRef<char>> usableBytes(const AsmResourceBlob &blob,
                                                 const HostTensor &type) {
  ArrayRef<char> bytes = blob.getData();
  auto address = reinterpret_cast<uintptr_t>(bytes.data());
  if (address % elementBytes(type.element))
    return std::nullopt;
  return bytes;
}

static FailureOr<Weight> weightOf(ModuleOp module, arith::ConstantOp op,
                                  MissingWeights missing, uint64_t seed) {
  auto type = cast<RankedTensorType>(op.getType());
  HostTensor tensor;
  tensor.element = nameOf(type.getElementType());
  tensor.shape.assign(type.getShape().begin(), type.getShape().end());
  size_t size = type.getNumElements() * elementBytes(tensor.element);
  Weight weight;
  if (auto dense = dyn_cast<DenseElementsAttr>(op.getValue())) {
    tensor.bytes.resize(size);
    copyElements(tensor, dense);
  } else if (size) {
    auto handle = cast<DenseResourceElementsAttr>(op.getValue()).getRawHandle();
    const AsmResourceBlob *blob = handle.getBlob();
    if (!blob && missing == MissingWeights::Error) {
      mlir::emitError(module.getLoc())
          << "weight '" << handle.getKey()
          << "' has no values; run with --weights=resource if the model has "
             "them, or with --weights=random";
      return failure();
    }
    if (blob && blob->getData().size() != size) {
      mlir::emitError(module.getLoc())
          << "weight '" << handle.getKey() << "' has " << blob->getData().size()
          << " bytes where " << tensor.typeName() << " takes " << size;
      return failure();
    }
    if (blob) {
      if (auto bytes = usableBytes(*blob, tensor)) {
        weight.bytes = *bytes;
        return weight;
      }
      tensor.bytes.assign(blob->getData().begin(), blob->getData().end());
    } else {
      tensor.bytes.resize(size);
      fillRandomly(tensor, op, handle.getKey(), seed);
    }
  }
  weight.made = std::move(tensor.bytes);
  weight.bytes = weight.made;
  return weight;
}

FailureOr<std::vector<Weight>>
ohas::hoistWeights(ModuleOp module, MissingWeights missing, uint64_t seed) {
  auto main = *module.getOps<func::FuncOp>().begin();
  SmallVector<arith::ConstantOp> constants;
  main.walk([&](arith::ConstantOp op) {
    auto type = dyn_cast<RankedTensorType>(op.getType());
    if (!type || !elementBytes(nameOf(type.getElementType())))
      return;
    if (isa<DenseResourceElementsAttr>(op.getValue()) ||
        (isa<DenseElementsAttr>(op.getValue()) &&
         type.getNumElements() >= minElements &&
         !cast<DenseElementsAttr>(op.getValue()).isSplat()))
      constants.push_back(op);
  });
  std::vector<Weight> weights;
  for (arith::ConstantOp op : constants) {
    auto weight = weightOf(module, op, missing, seed);
    if (failed(weight))
      return failure();
    unsigned place = main.getNumArguments();
    if (failed(main.insertArgument(place, op.getType(), {}, op.getLoc())))
      return failure();
    op.getResult().replaceAllUsesWith(main.getArgument(place));
    op.erase();
    weights.push_back(std::move(*weight));
  }
  return weights;
}
