//===- TileContractions.cpp - Write mappings out as loops -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tile/CanonicalForm.h"
#include "Tile/IntegratorDrains.h"
#include "Tile/Nest.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "ohas/Analysis/BuiltAccelerators.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {
#define GEN_PASS_DEF_TILECONTRACTIONS
#include "ohas/Transforms/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using optical::OpticalContractionOp;

namespace {
struct TileContractionsPass
    : ohas::impl::TileContractionsBase<TileContractionsPass> {
  using TileContractionsBase::TileContractionsBase;

  void runOnOperation() override {
    accelerators.clear();
    SmallVector<OpticalContractionOp> contractions;
    getOperation().walk([&](OpticalContractionOp op) {
      if (op.getMappingAttr() && !optical::hasNoWork(op))
        contractions.push_back(op);
    });
    for (OpticalContractionOp op : contractions)
      if (failed(tile(op)))
        return signalPassFailure();
  }

  LogicalResult tile(OpticalContractionOp op) {
    optical::MappingAttr attr = op.getMappingAttr();
    FailureOr<cost::Workload> workload = op.getWorkload();
    if (failed(workload))
      return failure();
    // That it exists is verified with the mapping.
    const cost::Accelerator *accelerator = accelerators.get(
        SymbolTable::lookupNearestSymbolFrom<optical::AcceleratorOp>(
            op, attr.getAccelerator()));
    if (!accelerator)
      return failure();
    FailureOr<cost::Mapping> mapping = toMapping(attr, *accelerator);
    if (failed(mapping))
      return failure();
    if (llvm::Error error =
            cost::checkMapping(*workload, *accelerator, *mapping))
      return op->emitError(llvm::toString(std::move(error)));
    IRRewriter rewriter(&getContext());
    if (integratorDrains)
      mapping = withIntegratorDrains(*workload, *accelerator, *mapping);
    optical::MacOp mac = toCanonicalForm(rewriter, op, *workload);
    Nest(rewriter, mac, *accelerator, *mapping).build();
    return success();
  }

  BuiltAccelerators accelerators;
};
} // namespace
