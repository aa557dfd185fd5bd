//===- ProbePrecision.cpp - Compare contractions with ideal ones *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Precision/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Analysis/OperationName.h"
#include "ohas/Conversion/LinalgBuilders.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Transforms/Passes.h"
#include "ohas/Transforms/Precision.h"

namespace ohas {
#define GEN_PASS_DEF_PROBEPRECISION
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using optical::OpticalContractionOp;

namespace {
/// What is written beside one contraction.
class Probe {
public:
  Probe(OpticalContractionOp op, memref::GlobalOp global)
      : op(op), loc(op->getLoc()), b(op->getContext()),
        state(precision::bufferFor(op, global)) {
    b.setInsertionPointAfter(op);
    for (Operation *user : op->getUsers())
      if (auto electronic = dyn_cast<optical::ElectronicOp>(user))
        if (electronic.getOpName() == "ohas.ZeroPointCorrection")
          zeroPointCorrection = electronic;
  }

  void build() {
    Value result = signlessed(op->getResult(0));
    Operation *again = cloneUnmapped();
    Value ideal = signlessed(again->getResult(0));
    add(precision::Outputs,
        sum({ideal}, [](OpBuilder &b, Location loc, ValueRange) -> Value {
          return scalarConstant(b, loc, b.getF64Type(), 1);
        }));
    add(precision::Noise,
        sum({result, ideal},
            [](OpBuilder &b, Location loc, ValueRange x) -> Value {
              Value apart = arith::SubFOp::create(b, loc, x[0], x[1]);
              return arith::MulFOp::create(b, loc, apart, apart);
            }));
    unsigned weight = 1;
    if (auto matmul = dyn_cast<optical::MatmulOp>(*op))
      weight = matmul.isWeightLeft() ? 0 : 1;
    unsigned input = 1 - weight;
    add(precision::InputGain, gain(weight, input, isNonzero));
    add(precision::WeightGain, gain(input, weight, isNonzero));
    add(precision::WeightErrorGain, gain(input, weight, one));
    addRange(precision::InputRange, input);
    addRange(precision::WeightRange, weight);
    addSignal(result, ideal);
  }

private:
  static Value one(OpBuilder &b, Location loc, ValueRange x) {
    return scalarConstant(b, loc, x[0].getType(), 1);
  }
  static Value isNonzero(OpBuilder &b, Location loc, ValueRange x) {
    Value zero = scalarConstant(b, loc, x[0].getType(), 0);
    Value is =
        arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNE, x[0], zero);
    return arith::UIToFPOp::create(b, loc, x[0].getType(), is);
  }
  static Value square(OpBuilder &b, Location loc, ValueRange x) {
    return arith::MulFOp::create(b, loc, x[0], x[0]);
  }

  /// The energy of what the network takes for the result: where the operands
  /// have zero points, of the sums without them.
  void addSignal(Value result, Value ideal) {
    SmallVector<Value> terms = {ideal};
    if (zeroPointCorrection) {
      b.setInsertionPointAfter(zeroPointCorrection);
      terms.append({signlessed(zeroPointCorrection->getResult(0)), result});
    }
    add(precision::Signal,
        sum(terms, [](OpBuilder &b, Location loc, ValueRange x) -> Value {
          Value value = x[0];
          if (x.size() > 1)
            value = arith::AddFOp::create(
                b, loc, value, arith::SubFOp::create(b, loc, x[1], x[2]));
          return arith::MulFOp::create(b, loc, value, value);
        }));
  }

  Operation *cloneUnmapped() {
    auto again = optical::cloneUnmapped(b, op);
    again->removeAttr(precision::layerAttrName);
    return again;
  }

  Value signlessed(Value value) {
    return recast(b, loc, value, signlessTensor(value.getType()));
  }

  /// The operand in f32, element by element.
  Value operandAs(unsigned operand, ScalarBody body) {
    Value value = op->getOperand(operand);
    bool hasNoSign = isUnsigned(value.getType());
    value = signlessed(value);
    auto type = cast<RankedTensorType>(value.getType()).clone(b.getF32Type());
    auto all = b.getMultiDimIdentityMap(type.getRank());
    return mapElements(b, loc, type, value, all,
                       [&](OpBuilder &inner, Location at, ValueRange x) {
                         Value wide = convertScalar(inner, at, x[0], hasNoSign,
                                                    inner.getF32Type(), false);
                         return body(inner, at, wide);
                       });
  }

  /// Sum over all products of the squares of one operand and of what `other`
  /// makes of the other.
  Value gain(unsigned squared, unsigned kept, ScalarBody other) {
    Operation *again = cloneUnmapped();
    b.setInsertionPoint(again);
    again->setOperand(squared, operandAs(squared, square));
    again->setOperand(kept, operandAs(kept, other));
    b.setInsertionPointAfter(again);
    auto type = cast<RankedTensorType>(again->getResult(0).getType());
    again->getResult(0).setType(type.clone(b.getF32Type()));
    return sum({again->getResult(0)},
               [](OpBuilder &, Location, ValueRange x) { return x[0]; });
  }

  void addRange(precision::LayerState what, unsigned operand) {
    Value range = fold(
        {operandAs(operand,
                   [](OpBuilder &b, Location loc, ValueRange x) -> Value {
                     return math::AbsFOp::create(b, loc, x[0]);
                   })},
        [](OpBuilder &, Location, ValueRange x) { return x[0]; },
        [](OpBuilder &b, Location loc, ValueRange x) -> Value {
          return arith::MaxNumFOp::create(b, loc, x[0], x[1]);
        });
    precision::combine(b, loc, state, what, arith::AtomicRMWKind::maxnumf,
                       range);
  }

  Value sum(ArrayRef<Value> tensors, ScalarBody term) {
    return fold(tensors, term,
                [](OpBuilder &b, Location loc, ValueRange x) -> Value {
                  return arith::AddFOp::create(b, loc, x[0], x[1]);
                });
  }

  /// What `combine` makes, from 0 on, of a term for each element of tensors of
  /// one shape, in f64.
  Value fold(ArrayRef<Value> tensors, ScalarBody term, ScalarBody combine) {
    Type f64 = b.getF64Type();
    auto type = cast<RankedTensorType>(tensors.front().getType());
    auto all = b.getMultiDimIdentityMap(type.getRank());
    SmallVector<AffineMap> maps(tensors.size(), all);
    Value zero = filledTensor(b, loc, RankedTensorType::get({}, f64), 0);
    Value total = accumulate(
        b, loc, zero, AffineMap::get(type.getRank(), 0, b.getContext()),
        tensors, maps, [&](OpBuilder &inner, Location at, ValueRange x) {
          SmallVector<Value> wide;
          for (Value value : x.drop_back())
            wide.push_back(convertScalar(inner, at, value, false, f64, false));
          return combine(inner, at, {x.back(), term(inner, at, wide)});
        });
    return tensor::ExtractOp::create(b, loc, total, ValueRange());
  }

  void add(precision::LayerState what, Value value) {
    precision::combine(b, loc, state, what, arith::AtomicRMWKind::addf, value);
  }

  OpticalContractionOp op;
  Location loc;
  OpBuilder b;
  Value state;
  /// What takes the operands' zero points off; null where they have none.
  optical::ElectronicOp zeroPointCorrection;
};

/// Name of a contraction, and products that an output is the sum of.
DictionaryAttr describe(Builder b, OpticalContractionOp op, size_t number) {
  FailureOr<cost::Workload> workload = op.getWorkload();
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  double products = succeeded(workload) && type.hasStaticShape()
                        ? double(workload->macs()) / type.getNumElements()
                        : 0;
  NamedAttrList what;
  what.append("name", b.getStringAttr(operationName(op)));
  what.append("number", b.getI64IntegerAttr(number));
  what.append("products", b.getF64FloatAttr(products));
  if (succeeded(workload) && workload->weightIsConstant)
    what.append("constant_weight", b.getUnitAttr());
  return what.getDictionary(b.getContext());
}

struct ProbePrecisionPass : ohas::impl::ProbePrecisionBase<ProbePrecisionPass> {
  void runOnOperation() override {
    SmallVector<OpticalContractionOp> contractions;
    size_t number = 0;
    getOperation().walk([&](OpticalContractionOp op) {
      // One with a number is compared already.
      if (op->hasAttr(precision::layerAttrName))
        ++number;
      else if (op.getMappingAttr() && !optical::hasNoWork(op))
        contractions.push_back(op);
    });
    Builder b(&getContext());
    for (OpticalContractionOp op : contractions) {
      op->setAttr(precision::layerAttrName, b.getI64IntegerAttr(number));
      memref::GlobalOp global = precision::addGlobal(
          getOperation(), "ohas.layer" + std::to_string(number),
          precision::LayerStateSize, b.getF64Type());
      global->setAttr(precision::layerAttrName, describe(b, op, number));
      Probe(op, global).build();
      ++number;
    }
  }
};
} // namespace
