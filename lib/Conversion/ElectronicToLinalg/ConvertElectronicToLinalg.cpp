//===- ConvertElectronicToLinalg.cpp - The pass -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Table.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "ohas/Conversion/Passes.h"
#include "ohas/Frontend/ONNX/OperatorCheck.h"

namespace ohas {
#define GEN_PASS_DEF_CONVERTOPTICALELECTRONICTOLINALG
#include "ohas/Conversion/Passes.h.inc"
} // namespace ohas

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static std::string nodeName(Location loc) {
  std::string name;
  loc->walk([&](Location part) {
    if (auto named = dyn_cast<NameLoc>(part); named && name.empty())
      name = named.getName().str();
    return WalkResult::advance();
  });
  return name;
}

/// What could not be lowered: operators, and why if they are in the table.
namespace {
class Missing {
public:
  void add(optical::ElectronicOp op, StringRef why) {
    StringRef name = op.getOpName();
    name.consume_front("onnx.");
    std::string what = name.str();
    if (!why.empty())
      what += ": " + why.str();
    auto *kind = llvm::find_if(
        kinds, [&](const Kind &kind) { return kind.what == what; });
    if (kind == kinds.end()) {
      kinds.push_back({what, nodeName(op.getLoc())});
      return;
    }
    ++kind->count;
  }
  bool empty() const { return kinds.empty(); }
  std::string list() const {
    std::string text;
    llvm::raw_string_ostream os(text);
    llvm::interleaveComma(kinds, os, [&](const Kind &kind) {
      os << kind.what;
      std::string where =
          kind.first.empty() ? "" : "at node '" + kind.first + "'";
      if (kind.count > 1)
        os << " (" << kind.count << " times"
           << (where.empty() ? "" : ", first ") << where << ")";
      else if (!where.empty())
        os << " (" << where << ")";
    });
    return text;
  }

private:
  struct Kind {
    std::string what, first;
    unsigned count = 1;
  };
  SmallVector<Kind> kinds;
};
} // namespace

/// A reason not to try, or nothing.
static std::string whyNot(optical::ElectronicOp op) {
  auto check = [](TypeRange types) -> StringRef {
    for (Type type : types) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor || !tensor.getElementType().isIntOrFloat())
        return "its operands are no tensors of numbers";
      if (auto real = dyn_cast<FloatType>(tensor.getElementType()))
        if (real.getWidth() < 16)
          return "floats of less than 16 bits";
      if (!tensor.hasStaticShape())
        return "open dims, which --dim name=size or --dim-default fixes";
    }
    return "";
  };
  StringRef why = check(op->getOperandTypes());
  // Results that nobody wants may lack a type.
  for (Value result : op->getResults())
    if (why.empty() && !result.use_empty())
      why = check(result.getType());
  return why.str();
}

/// Models may declare other shapes than what their operators compute.
static std::string misfitOf(optical::ElectronicOp op, ValueRange results) {
  std::string why;
  llvm::raw_string_ostream os(why);
  for (auto [result, value] : llvm::zip(op->getResults(), results)) {
    if (result.use_empty())
      continue;
    Type declared = signlessTensor(result.getType());
    if (declared == value.getType())
      continue;
    os << "its result is " << value.getType() << ", but declared as "
       << declared;
    break;
  }
  return why;
}

/// What is not used is not computed: shapes that the importer has followed.
static void eraseUnused(ModuleOp module) {
  module.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op) ||
        (isa<optical::ElectronicOp>(op) && op->use_empty()))
      op->erase();
  });
}

namespace {
struct ConvertElectronicPass
    : ohas::impl::ConvertOpticalElectronicToLinalgBase<ConvertElectronicPass> {
  void runOnOperation() override {
    eraseUnused(getOperation());
    SmallVector<optical::ElectronicOp> operations;
    getOperation().walk(
        [&](optical::ElectronicOp op) { operations.push_back(op); });
    OpBuilder b(&getContext());
    Missing missing;
    onnx::OperatorCheck check;
    for (optical::ElectronicOp op : operations) {
      const Row *row = findRow(op.getOpName());
      std::string why = row ? whyNot(op) : "";
      if (!row || !why.empty()) {
        missing.add(op, why);
        continue;
      }
      // Lowerings take operators for what ONNX makes of them.
      if (std::optional<std::string> misfit = check.misfit(op)) {
        missing.add(op, *misfit);
        continue;
      }
      b.setInsertionPoint(op);
      Node node(b, op);
      Lowered results = row->lower(node);
      if (failed(results)) {
        missing.add(op, node.failure);
        continue;
      }
      if (std::string misfit = misfitOf(op, *results); !misfit.empty()) {
        missing.add(op, misfit);
        continue;
      }
      // Some lowerings give all results of their operator, the operation has
      // those that are asked for.
      for (auto [old, value] : llvm::zip(op->getResults(), *results))
        old.replaceAllUsesWith(recast(b, op.getLoc(), value, old.getType()));
      op.erase();
    }
    if (missing.empty())
      return;
    mlir::emitError(getOperation().getLoc())
        << "cannot be lowered: " << missing.list();
    signalPassFailure();
  }
};
} // namespace
