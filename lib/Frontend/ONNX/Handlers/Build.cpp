//===- Build.cpp - Pieces that handlers build IR from -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Build.h"
#include "../Importer.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/MathExtras.h"

using namespace ohas::onnx;
using namespace mlir;
namespace optical = ohas::optical;

RankedTensorType ohas::onnx::rankedType(NodeContext &node, Value value,
                                        std::optional<int64_t> rank) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    node.fail("the rank of one of its operands is not known");
  if (rank && type.getRank() != *rank)
    node.fail("one of its operands has " + Twine(type.getRank()) +
              " dims where " + Twine(*rank) + " are expected");
  return type;
}

RankedTensorType ohas::onnx::tensorType(NodeContext &node,
                                        ArrayRef<int64_t> dims, Type element) {
  Shape shape;
  for (int64_t dim : dims)
    shape.push_back(ShapedType::isDynamic(dim) ? Dim() : Dim(dim));
  if (!isPlausible(shape) || llvm::is_contained(dims, Dim::unknown))
    node.fail("an intermediate result would be " + toString(shape) +
              ", which is no tensor");
  return RankedTensorType::get(dims, element);
}

int64_t ohas::onnx::multiply(NodeContext &node, int64_t a, int64_t b) {
  int64_t product;
  if (llvm::MulOverflow(a, b, product))
    node.fail("an intermediate result would be too large");
  return product;
}

void ohas::onnx::checkContraction(NodeContext &node, Operation *contraction) {
  std::string why;
  bool fits;
  {
    ScopedDiagnosticHandler collect(contraction->getContext(),
                                    [&](Diagnostic &diagnostic) {
                                      if (why.empty())
                                        why = diagnostic.str();
                                      return success();
                                    });
    fits = succeeded(mlir::verify(contraction, /*verifyRecursively=*/false));
  }
  // The verifier's "'optical.matmul' op inner dims differ: ...".
  StringRef what = why;
  what.consume_front(
      ("'" + contraction->getName().getStringRef() + "' op ").str());
  if (!fits)
    node.fail("its operands do not fit: " + what);
}

static Value electronicAs(NodeContext &node, StringRef op,
                          optical::OperationClass operationClass,
                          ValueRange inputs, Type type,
                          ArrayRef<NamedAttribute> attributes = {}) {
  OpBuilder &builder = node.builder();
  bool isOwn = op.starts_with("ohas.");
  return optical::ElectronicOp::create(
             builder, node.loc(), TypeRange(type),
             isOwn ? op.str() : ("onnx." + op).str(), inputs, operationClass,
             node.opset,
             attributes.empty() ? DictionaryAttr()
                                : builder.getDictionaryAttr(attributes))
      .getResult(0);
}

Value ohas::onnx::electronic(NodeContext &node, StringRef op, ValueRange inputs,
                             Type type, ArrayRef<NamedAttribute> attributes) {
  StringRef name = op;
  name.consume_front("ohas.");
  return electronicAs(node, op,
                      static_cast<optical::OperationClass>(
                          ohas::onnx::operationClass("", name)),
                      inputs, type, attributes);
}

Value ohas::onnx::reshape(NodeContext &node, Value value,
                          ArrayRef<int64_t> dims) {
  auto type = rankedType(node, value);
  auto target = tensorType(node, dims, type.getElementType());
  if (target == type)
    return value;
  if (target.hasStaticShape() && type.hasStaticShape() &&
      target.getNumElements() != type.getNumElements())
    node.fail("one of its operands has " + Twine(type.getNumElements()) +
              " elements where " + Twine(target.getNumElements()) +
              " are expected");
  // Open dims that stay where they are are copied; one more may follow from
  // the others.
  std::vector<Element> shape;
  bool isSame = true;
  for (auto [axis, dim] : llvm::enumerate(dims)) {
    isSame &= static_cast<int64_t>(axis) < type.getRank() &&
              type.getDimSize(axis) == dim;
    int64_t entry = !ShapedType::isDynamic(dim) ? dim : isSame ? 0 : -1;
    shape.push_back(Element::of(entry));
  }
  Value shapeConstant =
      node.importer.materialize(KnownTensor::vector(Int64, shape));
  return electronic(node, "Reshape", {value, shapeConstant}, target);
}

static Value permute(NodeContext &node, Value value,
                     ArrayRef<int64_t> permutation,
                     optical::OperationClass operationClass) {
  auto type = rankedType(node, value, permutation.size());
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return value;
  auto dims = llvm::map_to_vector(
      permutation, [&](int64_t axis) { return type.getDimSize(axis); });
  OpBuilder &builder = node.builder();
  return electronicAs(
      node, "Transpose", operationClass, value,
      RankedTensorType::get(dims, type.getElementType()),
      builder.getNamedAttr("perm", builder.getDenseI64ArrayAttr(permutation)));
}

Value ohas::onnx::transpose(NodeContext &node, Value value,
                            ArrayRef<int64_t> permutation) {
  return permute(node, value, permutation, optical::OperationClass::Movement);
}

Value ohas::onnx::relayout(NodeContext &node, Value value,
                           ArrayRef<int64_t> permutation) {
  return permute(node, value, permutation, optical::OperationClass::Shape);
}

Value ohas::onnx::sliceView(NodeContext &node, Value value, int64_t axis,
                            int64_t from, int64_t count) {
  auto type = rankedType(node, value);
  if (axis < 0 || axis >= type.getRank() || from < 0 || count < 0 ||
      (!type.isDynamicDim(axis) &&
       (count > type.getDimSize(axis) || from > type.getDimSize(axis) - count)))
    node.fail("one of its operands is smaller than its other ones ask for");
  if (from == 0 && type.getDimSize(axis) == count)
    return value;
  SmallVector<int64_t> dims(type.getShape());
  dims[axis] = count;
  auto list = [&](int64_t at) {
    return node.importer.materialize(
        KnownTensor::vector(Int64, {Element::of(at)}));
  };
  return electronicAs(node, "Slice", optical::OperationClass::Shape,
                      {value, list(from), list(from + count), list(axis)},
                      RankedTensorType::get(dims, type.getElementType()));
}

FailureOr<Value> ohas::onnx::activate(NodeContext &node, Value value,
                                      StringRef attribute) {
  StringRef name = node.getString(attribute);
  if (name.empty() || name == "NONE" || name == "none")
    return value;
  static constexpr StringLiteral known[] = {
      "Relu", "LeakyRelu", "Tanh",      "Sigmoid", "HardSigmoid", "Clip",
      "Gelu", "FastGelu",  "HardSwish", "Elu",     "Softplus"};
  for (StringRef candidate : known)
    if (candidate.equals_insensitive(name))
      return electronic(node, candidate, value, value.getType());
  return node.emitError() << "attribute '" << attribute << "' is '" << name
                          << "', which is no activation";
}

Value ohas::onnx::addBias(NodeContext &node, Value value, Value bias,
                          int64_t axis) {
  auto type = rankedType(node, value);
  auto biasType = dyn_cast<RankedTensorType>(bias.getType());
  if (biasType && biasType.getRank() == 1 && axis + 1 < type.getRank()) {
    SmallVector<int64_t> dims(type.getRank() - axis, 1);
    dims[0] = biasType.getDimSize(0);
    bias = reshape(node, bias, dims);
  }
  return electronic(node, "Add", {value, bias}, type);
}

/// Bits of what QONNX's and Brevitas' quantisers give: Quant(x, scale, zero
/// point, bits) and BipolarQuant; 0 of other operations.
static unsigned quantizerBits(optical::ElectronicOp op) {
  StringRef name = op.getOpName().rsplit('.').second;
  if (name == "BipolarQuant")
    return 1;
  DenseElementsAttr bits;
  if ((name != "Quant" && name != "IntQuant") || op.getInputs().size() < 4 ||
      !matchPattern(op.getInputs()[3], m_Constant(&bits)) ||
      bits.getNumElements() != 1)
    return 0;
  double count = 0;
  if (isa<FloatType>(bits.getElementType()))
    count = (*bits.value_begin<APFloat>()).convertToDouble();
  else if (isa<IntegerType>(bits.getElementType()))
    count = (*bits.value_begin<APInt>()).getSExtValue();
  return count >= 1 && count <= 64 ? static_cast<unsigned>(count) : 0;
}

unsigned ohas::onnx::operandBits(Value value) {
  optical::ElectronicOp op;
  // What moves elements keeps their precision.
  do {
    Type element = getElementTypeOrSelf(value.getType());
    if (element.isInteger())
      return element.getIntOrFloatBitWidth();
    op = value.getDefiningOp<optical::ElectronicOp>();
    if (!op || op.getInputs().empty())
      return 0;
    value = op.getInputs().front();
  } while (op.getOperationClass() == optical::OperationClass::Movement ||
           (op.getOperationClass() == optical::OperationClass::Shape &&
            op.getOpName() == "onnx.Reshape"));
  StringRef name = op.getOpName();
  if (name == "ohas.DequantizeBlocks")
    return op.getOriginalAttributesAttr().getAs<IntegerAttr>("bits").getInt();
  if (unsigned bits = quantizerBits(op))
    return bits;
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
  node.obstacle = why.str();
  if (node.importer.isFirst((node.name + ": " + why).str()))
    node.emitWarning() << why << "; it is taken for electronic work";
  return importElectronic(node);
}
