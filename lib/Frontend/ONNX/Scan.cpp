//===- Scan.cpp - Scan ------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers/Build.h"
#include "Importer.h"
#include "LoopImport.h"
#include "Slices.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

namespace {
/// The inputs and outputs of a node in their kinds. Opset 8 has the lengths of
/// the sequences before them, and a batch as the first dim of all.
struct ScanForm {
  size_t firstState = 0, numStates = 0, numScans = 0;
  bool isBatched = false;
};
} // namespace

static FailureOr<ScanForm> analyzeScan(NodeContext &node) {
  ScanForm form;
  form.isBatched = node.opset < 9;
  form.firstState = form.isBatched ? 1 : 0;
  int64_t numScans = node.getInt("num_scan_inputs", 0);
  int64_t given =
      static_cast<int64_t>(node.numInputs()) - int64_t(form.firstState);
  if (numScans < 1 || numScans > given)
    return node.emitError()
           << "num_scan_inputs is " << numScans << " of " << given << " inputs";
  form.numScans = numScans;
  form.numStates = given - numScans;
  if (node.numOutputs() < form.numStates)
    return node.emitError()
           << "it carries " << form.numStates << " values, but has "
           << node.numOutputs() << " outputs";
  return form;
}

static constexpr StringLiteral unknownRank =
    "the rank of its inputs is not known; its body is not costed";

/// Adds a scan input with slices along `axis`.
static LogicalResult addScanInput(LoopImport &loop, Value whole,
                                  const Shape &shape, int32_t elementType,
                                  int64_t axis, bool reverse) {
  NodeContext &node = loop.node;
  auto at = normalizeAxis(axis, shape.size());
  if (!at)
    return node.emitError()
           << "a scan axis is out of range for " << toString(shape);
  Dim length = shape[*at];
  if (length.isKnown() && loop.tripCount && *loop.tripCount != length.size)
    return node.emitError() << "its scan inputs have " << *loop.tripCount
                            << " and " << length.size << " slices";
  if (length.isKnown())
    loop.tripCount = length.size;
  if (!loop.upperBound || length.isKnown())
    loop.upperBound =
        length.isKnown()
            ? node.importer.materialize(
                  node.builder().getIndexAttr(length.size), node.loc())
            : tensor::DimOp::create(node.builder(), node.loc(), whole, *at)
                  .getResult();
  Shape slice = shape;
  slice.erase(slice.begin() + *at);
  ScanInput &scan = loop.scanInputs.emplace_back();
  scan.whole = whole;
  scan.axis = *at;
  scan.reverse = reverse;
  setTensorType(scan.sliceType, elementType, slice);
  return success();
}

static int64_t entryOr(ArrayRef<int64_t> list, size_t i, int64_t otherwise) {
  return i < list.size() ? list[i] : otherwise;
}

/// Opset 8: for every element of the batch a scan of its own. The lengths of
/// the sequences are data; all are taken as the longest.
static FailureOr<Results> importBatched(NodeContext &node,
                                        const ScanForm &form) {
  OpBuilder &builder = node.builder();
  Location loc = node.loc();
  int64_t batch = -1;
  SmallVector<Value> wholes;
  for (size_t i = 1; i < node.numInputs(); ++i) {
    auto shape = node.inputShape(i);
    Value whole = node.ir(i);
    if (!shape || !numElements(*shape) ||
        !isa<RankedTensorType>(whole.getType()))
      return importUnsupported(node, "its shapes are not known (give open dims "
                                     "with --dim); its body is not costed");
    if (shape->empty() || (batch >= 0 && (*shape)[0].size != batch))
      return node.emitError() << "its inputs have no common batch";
    batch = (*shape)[0].size;
    wholes.push_back(whole);
  }
  OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  Region region;
  Block *block = builder.createBlock(&region, {}, builder.getIndexType(), loc);
  LoopImport loop(node, node.attribute("body")->g(), /*isLoop=*/false);
  SmallVector<int64_t> directions = node.getInts("directions");
  for (auto [i, whole] : llvm::enumerate(wholes)) {
    auto type = cast<RankedTensorType>(whole.getType());
    Value one = extractStep(builder, loc,
                            RankedTensorType::get(type.getShape().drop_front(),
                                                  type.getElementType()),
                            whole, /*axis=*/0, block->getArgument(0));
    auto shape = node.inputShape(i + 1);
    Shape rest(shape->begin() + 1, shape->end());
    if (i < form.numStates) {
      ValueInfo &state = loop.initial.emplace_back();
      state.ir = one;
      setTensorType(state.type, node.inputType(i + 1), rest);
      loop.stateTypes.push_back(state.type);
    } else if (failed(addScanInput(
                   loop, one, rest, node.inputType(i + 1), /*axis=*/0,
                   entryOr(directions, i - form.numStates, 0) == 1))) {
      return failure();
    }
  }
  loop.scanOutputs.resize(node.numOutputs() - form.numStates);
  auto inner = loop.run();
  if (failed(inner))
    return failure();
  builder.restoreInsertionPoint(here);
  SmallVector<Value> initial;
  for (auto [i, value] : llvm::enumerate(*inner)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    auto shape = shapeOf(node.outputTypes[i]);
    if (!type || !type.hasStaticShape() || !shape)
      return node.emitError() << "its outputs have no known shape";
    shape->insert(shape->begin(), Dim(batch));
    setTensorType(node.outputTypes[i], elementTypeOf(node.outputTypes[i]),
                  *shape);
    SmallVector<int64_t> dims = {batch};
    llvm::append_range(dims, type.getShape());
    initial.push_back(
        tensor::EmptyOp::create(builder, loc, dims, type.getElementType()));
  }
  auto index = [&](int64_t value) {
    return node.importer.materialize(builder.getIndexAttr(value), loc);
  };
  auto outer = scf::ForOp::create(builder, loc, index(0), index(batch),
                                  index(1), initial);
  if (initial.empty())
    outer.getBody()->getTerminator()->erase();
  block->getArgument(0).replaceAllUsesWith(outer.getInductionVar());
  Block *body = outer.getBody();
  body->getOperations().splice(body->end(), block->getOperations());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(body);
  SmallVector<Value> yielded;
  for (auto [value, all] : llvm::zip(*inner, outer.getRegionIterArgs())) {
    if (!isStepOf(value.getType(), all.getType(), /*axis=*/0))
      node.fail("an output of its body does not have the type of its batch");
    yielded.push_back(insertStep(builder, loc, value, all, /*axis=*/0,
                                 outer.getInductionVar()));
  }
  scf::YieldOp::create(builder, loc, yielded);
  return Results(outer.getResults());
}

FailureOr<Results> ohas::onnx::importScan(NodeContext &node) {
  auto form = analyzeScan(node);
  if (failed(form))
    return failure();
  if (form->isBatched)
    return importBatched(node, *form);
  LoopImport loop(node, node.attribute("body")->g(), /*isLoop=*/false);
  for (size_t i = 0; i < form->numStates; ++i) {
    node.ir(i);
    loop.initial.push_back(*node.inputs[i]);
    loop.stateTypes.push_back(node.inputs[i]->type);
  }
  SmallVector<int64_t> axes = node.getInts("scan_input_axes");
  SmallVector<int64_t> directions = node.getInts("scan_input_directions");
  for (size_t i = 0; i < form->numScans; ++i) {
    Value whole = node.ir(form->numStates + i);
    auto shape = node.inputShape(form->numStates + i);
    if (!shape || !isa<RankedTensorType>(whole.getType()))
      return importUnsupported(node, unknownRank);
    if (failed(addScanInput(
            loop, whole, *shape, node.inputType(form->numStates + i),
            entryOr(axes, i, 0), entryOr(directions, i, 0) == 1)))
      return failure();
  }
  SmallVector<int64_t> outputAxes = node.getInts("scan_output_axes");
  SmallVector<int64_t> reversed = node.getInts("scan_output_directions");
  for (size_t i = 0; i + form->numStates < node.numOutputs(); ++i)
    loop.scanOutputs.push_back(
        {entryOr(reversed, i, 0) == 1, entryOr(outputAxes, i, 0)});
  return loop.run();
}
