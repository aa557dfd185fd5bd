//===- SequenceMap.cpp - A graph for every element of a sequence -*-C++-*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers/Build.h"
#include "Importer.h"
#include "LoopImport.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace ohas::onnx;
using namespace mlir;

/// A loop over the elements of the first sequence; other sequences are walked
/// beside it, tensors are the same for all.
FailureOr<Results> ohas::onnx::importSequenceMap(NodeContext &node) {
  OpBuilder &builder = node.builder();
  Location loc = node.loc();
  const TypeProto &first = node.inputs[0]->type;
  if (!first.has_sequence_type())
    return node.emitError()
           << "its input 0 is " << toString(first) << "; a sequence is needed";
  SmallVector<Value> given;
  for (size_t i = 0; i < node.numInputs(); ++i)
    given.push_back(node.ir(i));
  Value length = indexOf(
      node, electronic(node, "SequenceLength", given[0],
                       RankedTensorType::get({}, builder.getI64Type())));
  OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  Region region;
  Block *block = builder.createBlock(&region, {}, builder.getIndexType(), loc);
  Value at = tensorOf(node, block->getArgument(0));
  SmallVector<ValueInfo> inputs, outputs;
  for (auto [i, value] : llvm::enumerate(given)) {
    ValueInfo &input = inputs.emplace_back(*node.inputs[i]);
    if (!input.type.has_sequence_type())
      continue;
    TypeProto element = input.type.sequence_type().elem_type();
    input = ValueInfo();
    input.type = element;
    input.ir = electronic(node, "SequenceAt", {value, at},
                          node.importer.convertType(element));
  }
  if (failed(node.importer.importSubgraph(node.attribute("body")->g(), node,
                                          inputs, outputs)))
    return failure();
  if (outputs.size() < node.numOutputs())
    return node.emitError() << "its body has " << outputs.size()
                            << " outputs, the node " << node.numOutputs();
  outputs.resize(node.numOutputs());
  SmallVector<Value> initial;
  for (auto [i, output] : llvm::enumerate(outputs)) {
    node.importer.materialize(output);
    *node.outputTypes[i].mutable_sequence_type()->mutable_elem_type() =
        output.type;
  }
  builder.restoreInsertionPoint(here);
  for (size_t i = 0; i < outputs.size(); ++i)
    initial.push_back(
        electronic(node, "SequenceEmpty", ValueRange(), node.outputIrType(i)));
  auto index = [&](int64_t value) {
    return node.importer.materialize(builder.getIndexAttr(value), loc);
  };
  auto loop =
      scf::ForOp::create(builder, loc, index(0), length, index(1), initial);
  if (initial.empty())
    loop.getBody()->getTerminator()->erase();
  noteTripCount(node, loop, std::nullopt);
  block->getArgument(0).replaceAllUsesWith(loop.getInductionVar());
  Block *body = loop.getBody();
  body->getOperations().splice(body->end(), block->getOperations());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(body);
  SmallVector<Value> yielded;
  for (auto [output, all] : llvm::zip(outputs, loop.getRegionIterArgs()))
    yielded.push_back(
        electronic(node, "SequenceInsert", {all, output.ir}, all.getType()));
  scf::YieldOp::create(builder, loc, yielded);
  return Results(loop.getResults());
}
