//===- CanonicalForm.cpp - Contractions over canonical dims -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CanonicalForm.h"
#include "Layouts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Conversion/LinalgBuilders.h"
#include "ohas/Transforms/Precision.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace ohas;

Value ohas::zeros(OpBuilder &b, Location loc, Type element,
                  ArrayRef<OpFoldResult> sizes) {
  Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(element));
  return tensor::SplatOp::create(b, loc, zero, sizes);
}

static SmallVector<int64_t> sumsShape(const cost::Workload &workload) {
  SmallVector<int64_t> shape;
  for (cost::Dim dim : {cost::Dim::N, cost::Dim::G, cost::Dim::M})
    shape.push_back(workload.size(dim));
  for (unsigned i = 0; i < std::size(cost::windowPairs); ++i) {
    auto pair = cost::windowPairs[i];
    int64_t positions = workload.size(pair.first);
    shape.push_back(
        workload.transposed
            ? (positions - 1) * workload.strides[i] +
                  (workload.size(pair.second) - 1) * workload.dilations[i] + 1
            : positions);
  }
  return shape;
}

/// From a contraction's attributes and what is known of its operands.
static void describe(OpBuilder &b, optical::MacOp mac,
                     const cost::Workload &workload) {
  constexpr std::array<int64_t, 3> ones = {1, 1, 1};
  if (workload.strides != ones)
    mac.setStrides(workload.strides);
  if (workload.dilations != ones)
    mac.setDilations(workload.dilations);
  mac.setTransposed(workload.transposed);
  auto bits = [&](cost::Tensor tensor) {
    unsigned width = workload.bits[cost::index(tensor)];
    return width ? b.getI64IntegerAttr(width) : IntegerAttr();
  };
  mac.setWeightBitsAttr(bits(cost::Tensor::Weight));
  mac.setInputBitsAttr(bits(cost::Tensor::Input));
  mac.setOutputBitsAttr(bits(cost::Tensor::Output));
  mac.setConstantWeight(workload.weightIsConstant);
  mac.setNonnegativeInput(workload.inputIsNonNegative);
}

template <typename Op>
static optical::MacOp rewrite(OpBuilder &b, Op op, Value weight, Value input,
                              const cost::Workload &workload) {
  Location loc = op.getLoc();
  CanonicalOperands operands = toCanonical(b, op, workload);
  auto result = cast<RankedTensorType>(op.getResult().getType());
  Type element = signless(result.getElementType());
  SmallVector<OpFoldResult> sizes;
  for (int64_t size : sumsShape(workload))
    sizes.push_back(b.getIndexAttr(size));
  Value init = zeros(b, loc, sumType(element), sizes);
  OperationState state(loc, optical::MacOp::getOperationName());
  state.addOperands({operands.weight, operands.input, init});
  state.addTypes(init.getType());
  auto mac = cast<optical::MacOp>(b.create(state));
  describe(b, mac, workload);
  if (Attribute layer = op->getAttr(precision::layerAttrName))
    mac->setAttr(precision::layerAttrName, layer);
  mac.setUnsignedWeight(isUnsigned(weight.getType()));
  mac.setUnsignedInput(isUnsigned(input.getType()));
  Value value =
      narrowed(b, loc, fromCanonical(b, op, mac.getResult()), element);
  if (!result.hasStaticShape())
    value = tensor::CastOp::create(b, loc, result.clone(element), value);
  op.getResult().replaceAllUsesWith(recast(b, loc, value, result));
  op->erase();
  return mac;
}

optical::MacOp ohas::toCanonicalForm(OpBuilder &b,
                                     optical::OpticalContractionOp op,
                                     const cost::Workload &workload) {
  b.setInsertionPoint(op);
  return llvm::TypeSwitch<Operation *, optical::MacOp>(op)
      .Case<optical::ConvOp, optical::ConvTransposeOp>([&](auto conv) {
        return rewrite(b, conv, conv.getWeight(), conv.getInput(), workload);
      })
      .Case<optical::MatmulOp>([&](optical::MatmulOp matmul) {
        bool isLeft = matmul.isWeightLeft();
        return rewrite(b, matmul, isLeft ? matmul.getLhs() : matmul.getRhs(),
                       isLeft ? matmul.getRhs() : matmul.getLhs(), workload);
      });
}
