//===- Build.cpp - Pieces that handlers build IR from -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Build.h"
#include "../Importer.h"

using namespace ohas::onnx;
using namespace mlir;

Value ohas::onnx::electronic(NodeContext &node, StringRef op, ValueRange inputs,
                             Type type, ArrayRef<NamedAttribute> attributes) {
  OpBuilder &builder = node.builder();
  return optical::ElectronicOp::create(
             builder, node.loc(), TypeRange(type), ("onnx." + op).str(), inputs,
             static_cast<optical::OperationClass>(
                 ohas::onnx::operationClass("", op)),
             node.opset,
             attributes.empty() ? DictionaryAttr()
                                : builder.getDictionaryAttr(attributes))
      .getResult(0);
}

Value ohas::onnx::reshape(NodeContext &node, Value value,
                          ArrayRef<int64_t> dims) {
  auto type = cast<RankedTensorType>(value.getType());
  auto target = RankedTensorType::get(dims, type.getElementType());
  if (target == type)
    return value;
  std::vector<Element> shape;
  for (int64_t dim : dims)
    shape.push_back(
        Element::of(ShapedType::isDynamic(dim) ? int64_t(-1) : dim));
  Value shapeConstant =
      node.importer.materialize(KnownTensor::vector(Int64, shape));
  return electronic(node, "Reshape", {value, shapeConstant}, target);
}

Value ohas::onnx::transpose(NodeContext &node, Value value,
                            ArrayRef<int64_t> permutation) {
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return value;
  auto type = cast<RankedTensorType>(value.getType());
  auto dims = llvm::map_to_vector(
      permutation, [&](int64_t axis) { return type.getDimSize(axis); });
  OpBuilder &builder = node.builder();
  return electronic(
      node, "Transpose", value,
      RankedTensorType::get(dims, type.getElementType()),
      builder.getNamedAttr("perm", builder.getDenseI64ArrayAttr(permutation)));
}

Value ohas::onnx::addBias(NodeContext &node, Value value, Value bias,
                          int64_t axis) {
  auto type = cast<RankedTensorType>(value.getType());
  auto biasType = cast<RankedTensorType>(bias.getType());
  if (biasType.getRank() == 1 && axis + 1 < type.getRank()) {
    SmallVector<int64_t> dims(type.getRank() - axis, 1);
    dims[0] = biasType.getDimSize(0);
    bias = reshape(node, bias, dims);
  }
  return electronic(node, "Add", {value, bias}, type);
}

unsigned ohas::onnx::operandBits(Value value) {
  Type element = getElementTypeOrSelf(value.getType());
  if (element.isInteger())
    return element.getIntOrFloatBitWidth();
  auto op = value.getDefiningOp<optical::ElectronicOp>();
  if (!op || op.getInputs().empty())
    return 0;
  StringRef name = op.getOpName();
  // What moves elements keeps their precision.
  if (op.getOperationClass() == optical::OperationClass::Movement ||
      (op.getOperationClass() == optical::OperationClass::Shape &&
       name == "onnx.Reshape"))
    return operandBits(op.getInputs().front());
  if (!name.ends_with(".DequantizeLinear"))
    return 0;
  Type quantized = getElementTypeOrSelf(op.getInputs().front().getType());
  return quantized.isIntOrFloat() ? quantized.getIntOrFloatBitWidth() : 0;
}

void ohas::onnx::setPrecision(Operation *contraction, Value weight,
                              Value input) {
  Builder builder(contraction->getContext());
  auto set = [&](StringRef name, Value value) {
    bool isInteger = getElementTypeOrSelf(value.getType()).isInteger();
    // The dialect reads the bits of integers off their types.
    if (unsigned bits = isInteger ? 0 : operandBits(value))
      contraction->setAttr(name, builder.getI64IntegerAttr(bits));
  };
  set("weight_bits", weight);
  set("input_bits", input);
}

bool ohas::onnx::isContractible(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getElementType().isIntOrFloat();
}

FailureOr<Results> ohas::onnx::importUnsupported(NodeContext &node,
                                                 StringRef why) {
  if (node.importer.isFirst((node.name + ": " + why).str()))
    node.emitWarning() << why << "; it is taken for electronic work";
  return importElectronic(node);
}
