//===- FinitePrecision.cpp - Converters of finite resolution ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Precision/HoistConversion.h"
#include "Precision/Quantiser.h"
#include "Precision/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Analysis/BuiltAccelerators.h"
#include "ohas/CostModel/Precision.h"
#include "ohas/Transforms/Passes.h"
#include "ohas/Transforms/Precision.h"

namespace ohas {
#define GEN_PASS_DEF_FINITEPRECISION
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using optical::AcceleratorOp;
using optical::ConverterOp;
using optical::ConvertOp;
using optical::Domain;
using optical::Tensor;

namespace {
struct FinitePrecisionPass
    : ohas::impl::FinitePrecisionBase<FinitePrecisionPass> {
  using FinitePrecisionBase::FinitePrecisionBase;

  void runOnOperation() override {
    if (!(weightError >= 0)) {
      getOperation().emitError("weight-error is below 0");
      return signalPassFailure();
    }
    SmallVector<ConvertOp> conversions;
    getOperation().walk([&](ConvertOp op) { conversions.push_back(op); });
    accelerators.clear();
    counter = {};
    number = numDetectors = numWeightErrors = 0;
    for (ConvertOp op : conversions) {
      if (op.getTensor() != Tensor::Output)
        op = precision::hoistConversion(op);
      if (failed(quantise(op)))
        return signalPassFailure();
    }
    bool runsLayers =
        getOperation()
            .walk([](optical::MacOp) { return WalkResult::interrupt(); })
            .wasInterrupted();
    // An option that does nothing would be taken for one that does no harm.
    if (detectorNoise && runsLayers && !numDetectors) {
      getOperation().emitError(
          "detector noise is asked for, but the accelerator has no converter "
          "of outputs from optical");
      return signalPassFailure();
    }
    if (weightError > 0 && runsLayers && !numWeightErrors) {
      getOperation().emitError("weight errors are asked for, but the "
                               "accelerator has no converter of weights from "
                               "digital");
      return signalPassFailure();
    }
  }

private:
  LogicalResult quantise(ConvertOp op) {
    // That both exist is verified.
    auto accelerator = SymbolTable::lookupNearestSymbolFrom<AcceleratorOp>(
        op, op.getLevel().getRootReference());
    auto converter = cast<ConverterOp>(SymbolTable::lookupSymbolIn(
        accelerator, op.getLevel().getLeafReference()));
    const cost::Accelerator *built = accelerators.get(accelerator);
    if (!built)
      return failure();
    bool isOutput = op.getTensor() == Tensor::Output;
    bool meetsDigital = (converter.getFrom() == Domain::Digital) !=
                        (converter.getTo() == Domain::Digital);
    unsigned bits = meetsDigital ? bitsOf(converter, *built) : 0;
    bool hasNoise =
        isOutput ? detectorNoise && converter.getFrom() == Domain::Optical
                 : op.getTensor() == Tensor::Weight && bits && weightError > 0;
    if (isOutput && hasNoise && !(built->link && built->link->enob))
      return op.emitError() << "has no known noise: the link of "
                            << accelerator.getSymNameAttr()
                            << " does not say its effective bits (enob)";
    Type element = op.getValue().getType().getElementType();
    if (hasNoise && !isOutput && element.isInteger())
      return op.emitError() << "converts weights of " << element
                            << ", where weight errors would be rounded away";
    if (!bits && !hasNoise)
      return success();

    double sigma = 0;
    if (hasNoise)
      sigma = isOutput ? cost::detectorSigma(1, *built->link->enob)
                       : double(weightError);
    precision::Quantiser quantiser;
    quantiser.state = precision::bufferFor(op, describe(op, bits, sigma));
    if (hasNoise) {
      ++(isOutput ? numDetectors : numWeightErrors);
      quantiser.noiseCounter = precision::bufferFor(op, noiseCounter());
      quantiser.seed = seed;
      quantiser.isNoiseBefore = isOutput;
    }
    OpBuilder b(op);
    op.replaceAllUsesWith(
        precision::convert(b, op.getLoc(), op.getValue(), quantiser));
    op.erase();
    return success();
  }

  static unsigned bitsOf(ConverterOp converter,
                         const cost::Accelerator &accelerator) {
    std::optional<unsigned> level =
        accelerator.findLevel(converter.getSymName());
    unsigned own = accelerator.levels[*level].resolutionBits;
    return own ? own
               : accelerator.bits[static_cast<unsigned>(converter.getTensor())];
  }

  /// The state of one converter, which says whose it is.
  memref::GlobalOp describe(ConvertOp op, unsigned bits, double sigma) {
    Type element = op.getValue().getType().getElementType();
    Builder b(&getContext());
    memref::GlobalOp global = precision::addGlobal(
        getOperation(), "ohas.converter" + std::to_string(number++),
        precision::ConverterStateSize, b.getF64Type());
    NamedAttrList what;
    what.append("bits", b.getI64IntegerAttr(bits));
    what.append("level", op.getLevel());
    what.append("tensor",
                b.getStringAttr(optical::stringifyTensor(op.getTensor())));
    if (element.isInteger())
      what.append("integer", b.getUnitAttr());
    // Integer operands are codes, which pass as they are if there are enough.
    if (element.isInteger() && op.getTensor() != Tensor::Output)
      what.append("codes",
                  b.getI64IntegerAttr(element.getIntOrFloatBitWidth()));
    if (Attribute layer = op->getAttr(precision::layerAttrName))
      what.append("layer", layer);
    if (sigma > 0)
      what.append("sigma", b.getF64FloatAttr(sigma));
    global->setAttr(precision::converterAttrName,
                    what.getDictionary(&getContext()));
    return global;
  }

  memref::GlobalOp noiseCounter() {
    if (!counter)
      counter = getOperation().lookupSymbol<memref::GlobalOp>(
          precision::noiseCounterName);
    if (!counter)
      counter =
          precision::addGlobal(getOperation(), precision::noiseCounterName, 1,
                               IntegerType::get(&getContext(), 64));
    return counter;
  }

  BuiltAccelerators accelerators;
  memref::GlobalOp counter;
  unsigned number = 0, numDetectors = 0, numWeightErrors = 0;
};
} // namespace
