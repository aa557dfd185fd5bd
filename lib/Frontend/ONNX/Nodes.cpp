//===- Nodes.cpp - One node from the model to IR ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "Inference.h"
#include "Operators.h"
#include "Schemas.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace ohas::onnx;
using namespace mlir;

LogicalResult Importer::resolveInputs(NodeContext &node) {
  for (const std::string &input : node.proto.input()) {
    ValueInfo *info = nullptr;
    if (!input.empty() && !(info = node.scope.lookup(input)))
      return node.emitError() << "input '" << input << "' is not defined";
    node.inputs.push_back(info && info->isAbsent ? nullptr : info);
  }
  return success();
}

void Importer::note(const NodeContext &node, ImportedAs how) {
  if (!options.summary)
    return;
  std::string detail = node.obstacle;
  if (how == ImportedAs::Electronic && detail.empty())
    detail = cost::name(operationClass(node.domain(), node.opType())).str();
  ++options.summary->nodes[{node.domain().str(), node.opType().str(),
                            node.opset, how, std::move(detail)}];
}

LogicalResult Importer::importNode(const NodeProto &proto, std::string name,
                                   Scope &scope) {
  ++numImportedNodes;
  StringRef domain = canonicalDomain(proto.domain());
  auto opset = scope.opsets.find(domain);
  NodeContext node(*this, scope, proto, std::move(name),
                   opset == scope.opsets.end() ? 1 : opset->second);
  if (proto.op_type().empty())
    return node.emitError() << "the node has no operator";
  if (failed(resolveInputs(node)))
    return failure();
  if (const FunctionProto *function = findFunction(proto)) {
    note(node, ImportedAs::Structural);
    return expandFunction(node, *function);
  }
  if (hasFunctionsIn(domain) && !domain.empty())
    return node.emitError()
           << "the model defines no function '" << proto.op_type()
           << "' in domain '" << domain << "'";
  if (!isBuiltinDomain(domain)) {
    if (opset == scope.opsets.end() && isFirst(("import " + domain).str()))
      node.emitWarning() << "domain '" << domain
                         << "' is not imported by the model; version 1 is "
                            "assumed";
  }
  if (failed(checkSchema(node)))
    return failure();
  // All that we know about has a first output, which inference and handlers
  // count on.
  if (node.numOutputs() == 0 &&
      (isBuiltinDomain(domain) || inferTable().find(node) ||
       importTable().find(node)))
    return node.emitError() << "it has no outputs";

  Results results;
  // In an opset that does not have it, it is an unknown operator.
  if (isControlFlow(domain, node.opType()) && findLibonnxSchema(node)) {
    note(node, ImportedAs::Structural);
    auto imported = importControlFlow(node);
    if (failed(imported) || failed(mergeDeclared(node)))
      return failure();
    return defineOutputs(node, *imported);
  }
  if (failed(inferTypes(node)) || failed(mergeDeclared(node)))
    return failure();
  if (EvaluateFunction evaluate = evaluateTable().find(node))
    evaluate(node);
  bool isKnown = llvm::all_of(llvm::seq(node.numOutputs()), [&](size_t i) {
    return !node.hasOutput(i) ||
           (node.outputKnown[i] && node.outputKnown[i]->isComplete());
  });
  if (isForwarded(node)) {
    note(node, ImportedAs::Structural);
    *scope.define(proto.output(0)) = *node.inputs[0];
    return success();
  }
  if (proto.op_type() == "Constant" && domain.empty())
    if (const AttributeProto *value = node.attribute("value")) {
      note(node, ImportedAs::Folded);
      ValueInfo &info = *scope.define(proto.output(0));
      return bindTensor(value->t(), "node '" + node.name + "' (Constant)",
                        info);
    }
  if (isKnown && node.numOutputs() > 0) {
    note(node, ImportedAs::Folded);
    return defineOutputs(node, {});
  }
  ImportFunction import = importTable().find(node);
  auto imported = import ? import(node) : importElectronic(node);
  if (failed(imported))
    return failure();
  bool isForeign = !isBuiltinDomain(domain) && !inferTable().find(node);
  note(node, import && node.obstacle.empty() ? ImportedAs::Photonic
             : isForeign                     ? ImportedAs::Unknown
                                             : ImportedAs::Electronic);
  return defineOutputs(node, *imported);
}

/// What the declared type adds to `type`; the first contradiction otherwise.
static std::optional<std::string> mergeType(TypeProto &type,
                                            const TypeProto &declared) {
  if (!declared.has_tensor_type() || !type.has_tensor_type()) {
    if (type.value_case() == TypeProto::VALUE_NOT_SET)
      type = declared;
    return std::nullopt;
  }
  auto contradiction = [&] {
    return "is declared as " + toString(declared) + " but computes as " +
           toString(type);
  };
  int32_t element = elementTypeOf(type);
  int32_t declaredElement = elementTypeOf(declared);
  if (element != Undefined && declaredElement != Undefined &&
      element != declaredElement)
    return contradiction();
  if (element == Undefined)
    element = declaredElement;
  auto shape = shapeOf(type), declaredShape = shapeOf(declared);
  if (shape && declaredShape) {
    if (shape->size() != declaredShape->size())
      return contradiction();
    for (auto [dim, wanted] : llvm::zip(*shape, *declaredShape)) {
      if (dim.isKnown() && wanted.isKnown() && dim.size != wanted.size)
        return contradiction();
      if (!dim.isKnown() && (wanted.isKnown() || !wanted.symbol.empty()))
        dim = wanted;
    }
  } else if (!shape) {
    shape = declaredShape;
  }
  if (shape)
    setTensorType(type, element, *shape);
  else
    setTensorType(type, element);
  return std::nullopt;
}

/// One element, whether as a scalar or a list: exporters mix these up.
static bool isSameButForOnes(const TypeProto &a, const TypeProto &b) {
  auto left = shapeOf(a), right = shapeOf(b);
  return left && right && elementTypeOf(a) == elementTypeOf(b) &&
         numElements(*left) == 1 && numElements(*right) == 1;
}

/// Operators whose types follow from those of their inputs beyond doubt; of
/// others, values or libonnx have a say.
static bool isSure(const NodeContext &node) {
  static constexpr StringLiteral names[] = {
      "Add",    "AveragePool",   "BatchNormalization",
      "Conv",   "ConvInteger",   "Div",
      "Einsum", "Gemm",          "LpPool",
      "MatMul", "MatMulInteger", "MaxPool",
      "Mul",    "QLinearConv",   "QLinearMatMul",
      "Sub"};
  return node.domain().empty() && llvm::is_contained(names, node.opType());
}

LogicalResult Importer::mergeDeclared(NodeContext &node) {
  for (size_t i = 0; i < node.numOutputs(); ++i) {
    if (!node.hasOutput(i))
      continue;
    auto declared = node.scope.declared.find(node.proto.output(i));
    if (declared != node.scope.declared.end())
      if (auto why = mergeType(node.outputTypes[i], *declared->second)) {
        // Of operators beyond ONNX, the model knows best.
        bool isForeign = !isBuiltinDomain(node.domain());
        bool isOwn = !isForeign && inferTable().find(node) != nullptr;
        // Element types are never a matter of doubt.
        bool isTypeWrong = elementTypeOf(node.outputTypes[i]) != Undefined &&
                           elementTypeOf(*declared->second) != Undefined &&
                           elementTypeOf(node.outputTypes[i]) !=
                               elementTypeOf(*declared->second);
        if ((isTypeWrong && !isForeign) ||
            (isSure(node) &&
             !isSameButForOnes(node.outputTypes[i], *declared->second)))
          return node.emitError()
                 << "output '" << node.proto.output(i) << "' " << *why;
        node.emitWarning() << "output '" << node.proto.output(i) << "' " << *why
                           << "; the " << (isOwn ? "latter" : "former")
                           << " is taken";
        if (!isOwn)
          node.outputTypes[i] = *declared->second;
      }
    if (failed(checkType(node, i)))
      return failure();
  }
  return success();
}

LogicalResult Importer::checkType(NodeContext &node, size_t output) {
  TypeProto &type = node.outputTypes[output];
  if (type.value_case() == TypeProto::VALUE_NOT_SET ||
      (type.has_tensor_type() && !isElementType(elementTypeOf(type))))
    setTensorType(type, Undefined);
  auto shape = shapeOf(type);
  if (!shape)
    return success();
  bool open = false;
  for (Dim &dim : *shape) {
    if (dim.size < Dim::unknown || (dim.isKnown() && dim.size < 0))
      return node.emitError() << "its output '" << node.proto.output(output)
                              << "' would be " << toString(type);
    if (!dim.isKnown() && dim.symbol.empty()) {
      dim = freshDim();
      open = true;
    }
  }
  if (!isPlausible(*shape))
    return node.emitError()
           << "its output '" << node.proto.output(output) << "' would be "
           << toString(type) << ", which is too large for a tensor";
  if (open)
    setTensorType(type, elementTypeOf(type), *shape);
  return success();
}

LogicalResult Importer::defineOutputs(NodeContext &node,
                                      ArrayRef<Value> results) {
  for (size_t i = 0; i < node.numOutputs(); ++i) {
    if (!node.hasOutput(i))
      continue;
    ValueInfo *info = node.scope.define(node.proto.output(i));
    if (!info)
      return node.emitError()
             << "output '" << node.proto.output(i) << "' is defined twice";
    info->known = node.outputKnown[i];
    // A declared shape may have replaced the one that the contents have.
    if (auto shape = shapeOf(node.outputTypes[i]);
        info->known && shape &&
        !llvm::equal(*shape, info->known->dims, [](const Dim &a, int64_t b) {
          return !a.isKnown() || a.size == b;
        }))
      info->known = nullptr;
    if (i < results.size())
      info->ir = results[i];
    // An operator without a schema may be given more outputs than it has.
    if (!info->ir && !info->known)
      return node.emitError() << "output '" << node.proto.output(i)
                              << "' is none that this operator computes";
    // A declared type may say more than the IR could know.
    if (info->ir) {
      Type wanted = convertType(node.outputTypes[i]);
      if (info->ir.getType() != wanted && isa<TensorType>(wanted) &&
          tensor::CastOp::areCastCompatible(info->ir.getType(), wanted))
        info->ir =
            tensor::CastOp::create(builder, node.loc(), wanted, info->ir);
    }
    info->type = std::move(node.outputTypes[i]);
  }
  return success();
}
