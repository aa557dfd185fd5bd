//===- ControlFlow.cpp - If and what all control flow shares ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ControlFlow.h"
#include "Handlers/Build.h"
#include "Importer.h"
#include "Schemas.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

std::optional<TypeProto> ohas::onnx::commonType(const TypeProto &a,
                                                const TypeProto &b) {
  if (a.value_case() != b.value_case())
    return std::nullopt;
  TypeProto type = a;
  if (a.has_sequence_type() || a.has_optional_type()) {
    bool isSequence = a.has_sequence_type();
    auto inner = commonType(isSequence ? a.sequence_type().elem_type()
                                       : a.optional_type().elem_type(),
                            isSequence ? b.sequence_type().elem_type()
                                       : b.optional_type().elem_type());
    if (!inner)
      return std::nullopt;
    if (isSequence)
      *type.mutable_sequence_type()->mutable_elem_type() = *inner;
    else
      *type.mutable_optional_type()->mutable_elem_type() = *inner;
    return type;
  }
  int32_t element = elementTypeOf(a);
  if (element != elementTypeOf(b))
    return std::nullopt;
  auto left = shapeOf(a), right = shapeOf(b);
  type.Clear();
  if (!left || !right || left->size() != right->size()) {
    setTensorType(type, element);
    return type;
  }
  for (auto [dim, other] : llvm::zip(*left, *right))
    if (!dim.isSameAs(other))
      dim = Dim();
  setTensorType(type, element, *left);
  return type;
}

Value ohas::onnx::generalize(NodeContext &node, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (tensor::CastOp::areCastCompatible(value.getType(), type))
    return tensor::CastOp::create(node.builder(), node.loc(), type, value);
  return electronic(node, "Identity", value, type);
}

/// The only element of a tensor.
static Value elementOf(NodeContext &node, Value tensor) {
  OpBuilder &builder = node.builder();
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type) {
    tensor = generalize(
        node, tensor,
        RankedTensorType::get({}, getElementTypeOrSelf(tensor.getType())));
    type = cast<RankedTensorType>(tensor.getType());
  }
  Value zero = node.importer.materialize(builder.getIndexAttr(0), node.loc());
  return tensor::ExtractOp::create(builder, node.loc(), tensor,
                                   SmallVector<Value>(type.getRank(), zero));
}

Value ohas::onnx::conditionOf(NodeContext &node, Value tensor) {
  // Schemas take other numbers for wrong, but not for an error.
  Value condition = elementOf(node, tensor);
  if (!condition.getType().isInteger(1))
    node.fail("its condition is no bool");
  return condition;
}

Value ohas::onnx::indexOf(NodeContext &node, Value tensor) {
  OpBuilder &builder = node.builder();
  Value integer = elementOf(node, tensor);
  if (!integer.getType().isSignlessInteger())
    node.fail("its trip count is no signed integer");
  return arith::IndexCastOp::create(builder, node.loc(), builder.getIndexType(),
                                    integer);
}

Value ohas::onnx::tensorOf(NodeContext &node, Value index) {
  OpBuilder &builder = node.builder();
  Value integer = arith::IndexCastOp::create(builder, node.loc(),
                                             builder.getI64Type(), index);
  return tensor::FromElementsOp::create(
      builder, node.loc(), RankedTensorType::get({}, builder.getI64Type()),
      integer);
}

std::optional<int64_t> ohas::onnx::knownScalar(const ValueInfo &info) {
  if (!info.known || info.known->elements.size() != 1 ||
      !info.known->elements[0].isInt())
    return std::nullopt;
  return info.known->elements[0].integer;
}

bool ohas::onnx::isControlFlow(StringRef domain, StringRef op) {
  return domain.empty() &&
         (op == "If" || op == "Loop" || op == "Scan" || op == "SequenceMap");
}

static const GraphProto *branchOf(NodeContext &node, StringRef name) {
  const AttributeProto *attribute = node.attribute(name);
  return attribute && attribute->has_g() ? &attribute->g() : nullptr;
}

static LogicalResult importBranch(NodeContext &node, StringRef name,
                                  SmallVectorImpl<ValueInfo> &outputs) {
  const GraphProto *graph = branchOf(node, name);
  if (!graph)
    return node.emitError() << "attribute '" << name << "' is missing";
  if (failed(node.importer.importSubgraph(*graph, node, {}, outputs)))
    return failure();
  if (outputs.size() != node.numOutputs())
    return node.emitError() << "'" << name << "' has " << outputs.size()
                            << " outputs, the node " << node.numOutputs();
  return success();
}

static FailureOr<Results> importIf(NodeContext &node) {
  OpBuilder &builder = node.builder();
  // A condition that is known leaves one branch, in place.
  if (auto taken = knownScalar(*node.inputs[0])) {
    SmallVector<ValueInfo> outputs;
    if (failed(importBranch(node, *taken ? "then_branch" : "else_branch",
                            outputs)))
      return failure();
    Results results;
    for (auto [i, output] : llvm::enumerate(outputs)) {
      node.outputTypes[i] = output.type;
      node.outputKnown[i] = output.known;
      results.push_back(node.importer.materialize(output));
    }
    return results;
  }
  Value condition = conditionOf(node, node.ir(0));
  Region regions[2];
  SmallVector<ValueInfo> outputs[2];
  OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  static constexpr StringLiteral names[] = {"then_branch", "else_branch"};
  for (unsigned i = 0; i < 2; ++i) {
    builder.createBlock(&regions[i]);
    if (failed(importBranch(node, names[i], outputs[i])))
      return failure();
    // Constants come first of all, the others are in the block.
    for (ValueInfo &output : outputs[i])
      node.importer.materialize(output);
  }
  SmallVector<Type> types;
  for (size_t i = 0; i < node.numOutputs(); ++i) {
    auto type = commonType(outputs[0][i].type, outputs[1][i].type);
    if (!type)
      return node.emitError()
             << "its branches give " << toString(outputs[0][i].type) << " and "
             << toString(outputs[1][i].type) << " for output " << i;
    node.outputTypes[i] = *type;
    types.push_back(node.outputIrType(i));
  }
  for (unsigned i = 0; i < 2; ++i) {
    builder.setInsertionPointToEnd(&regions[i].front());
    SmallVector<Value> yielded;
    for (auto [output, type] : llvm::zip(outputs[i], types))
      yielded.push_back(generalize(node, output.ir, type));
    scf::YieldOp::create(builder, node.loc(), yielded);
  }
  builder.restoreInsertionPoint(here);
  auto op = scf::IfOp::create(builder, node.loc(), types, condition,
                              /*withElseRegion=*/true);
  op.getThenRegion().takeBody(regions[0]);
  op.getElseRegion().takeBody(regions[1]);
  return Results(op.getResults());
}

FailureOr<Results> ohas::onnx::importControlFlow(NodeContext &node) {
  if (node.opType() == "If")
    return importIf(node);
  if (node.opType() == "SequenceMap")
    return importSequenceMap(node);
  return node.opType() == "Loop" ? importLoop(node) : importScan(node);
}
