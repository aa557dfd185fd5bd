//===- OperatorCheck.cpp - Whether IR fits ONNX's operators -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Frontend/ONNX/OperatorCheck.h"
#include "Importer.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::onnx;

namespace {
/// An operation as the model that it could have come from.
class NodeModel {
public:
  NodeModel(optical::ElectronicOp op, int64_t opset) : op(op), opset(opset) {}

  /// False if ONNX has no such operator, operand or attribute.
  bool write(ModelProto &model);

private:
  bool addInput(Value value, const std::string &name);
  bool addAttribute(NamedAttribute attribute);
  static bool setTensor(DenseElementsAttr values, TensorProto &tensor);

  optical::ElectronicOp op;
  int64_t opset;
  GraphProto *graph = nullptr;
  NodeProto *node = nullptr;
};
} // namespace

/// Undefined for what ONNX does not have.
static int32_t elementTypeOf(Type type) {
  for (int32_t kind = Undefined + 1; kind < numElementTypes; ++kind)
    if (convertElementType(kind, type.getContext()) == type)
      return kind;
  return Undefined;
}

bool NodeModel::setTensor(DenseElementsAttr values, TensorProto &tensor) {
  int32_t type = elementTypeOf(values.getElementType());
  if (type == Undefined)
    return false;
  tensor.set_data_type(type);
  for (int64_t dim : values.getType().getShape())
    tensor.add_dims(dim);
  // Every element as the integer or number that it is: what the importer looks
  // into is of these types.
  if (auto ints = dyn_cast<IntegerType>(values.getElementType())) {
    bool isUnsignedWide = ints.isUnsigned() && ints.getWidth() >= 32;
    for (const APInt &value : values.getValues<APInt>()) {
      bool isUnsigned = ints.isUnsigned() || ints.getWidth() == 1;
      int64_t number =
          isUnsigned ? int64_t(value.getZExtValue()) : value.getSExtValue();
      if (isUnsignedWide)
        tensor.add_uint64_data(number);
      else if (ints.getWidth() == 64)
        tensor.add_int64_data(number);
      else
        tensor.add_int32_data(static_cast<int32_t>(number));
    }
    return true;
  }
  for (const APFloat &value : values.getValues<APFloat>()) {
    if (type == Double)
      tensor.add_double_data(value.convertToDouble());
    else if (type == Float)
      tensor.add_float_data(value.convertToFloat());
    else
      tensor.add_int32_data(
          static_cast<int32_t>(value.bitcastToAPInt().getZExtValue()));
  }
  return true;
}

bool NodeModel::addInput(Value value, const std::string &name) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  int32_t element =
      type ? elementTypeOf(type.getElementType()) : int32_t(Undefined);
  if (element == Undefined)
    return false;
  node->add_input(name);
  DenseElementsAttr constant;
  if (type.hasStaticShape() && type.getNumElements() <= maxInlineElements &&
      matchPattern(value, m_Constant(&constant)) &&
      constant.getElementType().isIntOrFloat()) {
    TensorProto &tensor = *graph->add_initializer();
    tensor.set_name(name);
    return setTensor(constant, tensor);
  }
  ValueInfoProto &input = *graph->add_input();
  input.set_name(name);
  Shape shape;
  for (int64_t dim : type.getShape())
    shape.push_back(ShapedType::isDynamic(dim) ? Dim() : Dim(dim));
  setTensorType(*input.mutable_type(), element, shape);
  return true;
}

/// Lists that people write as [1, 2] are not typed as the importer's are.
static bool setList(ArrayAttr list, AttributeProto &to) {
  for (Attribute entry : list) {
    if (auto text = dyn_cast<StringAttr>(entry)) {
      to.set_type(AttributeProto::STRINGS);
      to.add_strings(text.getValue().str());
    } else if (auto integer = dyn_cast<IntegerAttr>(entry)) {
      to.set_type(AttributeProto::INTS);
      to.add_ints(integer.getValue().getSExtValue());
    } else if (auto real = dyn_cast<FloatAttr>(entry)) {
      to.set_type(AttributeProto::FLOATS);
      to.add_floats(static_cast<float>(real.getValueAsDouble()));
    } else {
      return false;
    }
  }
  // Nothing says what an empty list is of.
  return !list.empty();
}

bool NodeModel::addAttribute(NamedAttribute attribute) {
  AttributeProto &to = *node->add_attribute();
  to.set_name(attribute.getName().str());
  return llvm::TypeSwitch<Attribute, bool>(attribute.getValue())
      .Case([&](IntegerAttr value) {
        to.set_type(AttributeProto::INT);
        to.set_i(value.getValue().getSExtValue());
        return value.getValue().getSignificantBits() <= 64;
      })
      .Case([&](FloatAttr value) {
        to.set_type(AttributeProto::FLOAT);
        to.set_f(static_cast<float>(value.getValueAsDouble()));
        return true;
      })
      .Case([&](StringAttr value) {
        to.set_type(AttributeProto::STRING);
        to.set_s(value.getValue().str());
        return true;
      })
      .Case([&](DenseI64ArrayAttr values) {
        to.set_type(AttributeProto::INTS);
        to.mutable_ints()->Assign(values.asArrayRef().begin(),
                                  values.asArrayRef().end());
        return true;
      })
      .Case([&](DenseF32ArrayAttr values) {
        to.set_type(AttributeProto::FLOATS);
        to.mutable_floats()->Assign(values.asArrayRef().begin(),
                                    values.asArrayRef().end());
        return true;
      })
      .Case([&](DenseElementsAttr values) {
        to.set_type(AttributeProto::TENSOR);
        return values.getElementType().isIntOrFloat() &&
               setTensor(values, *to.mutable_t());
      })
      .Case([&](ArrayAttr list) { return setList(list, to); })
      .Default([](Attribute) { return false; });
}

bool NodeModel::write(ModelProto &model) {
  auto [domain, name] = op.getOpName().rsplit('.');
  if (name.empty() || domain == "ohas")
    return false;
  model.set_ir_version(8);
  auto import = [&](StringRef from, int64_t version) {
    auto &to = *model.add_opset_import();
    to.set_domain(from.str());
    to.set_version(version);
  };
  import("", domain == "onnx" ? opset : maxOpset);
  // What imports another domain may have operators that ONNX does not know.
  import(domain == "onnx" ? "ohas" : domain, domain == "onnx" ? 1 : opset);
  graph = model.mutable_graph();
  graph->set_name("operation");
  node = graph->add_node();
  node->set_op_type(name.str());
  if (domain != "onnx")
    node->set_domain(domain.str());
  SmallVector<int64_t> absent;
  if (DictionaryAttr attributes = op.getOriginalAttributesAttr())
    for (NamedAttribute attribute : attributes) {
      auto places = dyn_cast<DenseI64ArrayAttr>(attribute.getValue());
      if (attribute.getName() == "absent_inputs" && places)
        absent = llvm::to_vector(places.asArrayRef());
      else if (!addAttribute(attribute))
        return false;
    }
  for (Value value : op.getInputs()) {
    while (llvm::is_contained(absent, node->input_size()))
      node->add_input("");
    if (!addInput(value, "input" + std::to_string(node->input_size())))
      return false;
  }
  for (unsigned i = 0; i < op->getNumResults(); ++i) {
    node->add_output("output" + std::to_string(i));
    graph->add_output()->set_name(node->output(i));
  }
  return true;
}

/// Open dims fit any.
static bool fits(Type declared, Type inferred) {
  auto left = dyn_cast<RankedTensorType>(declared);
  auto right = dyn_cast<RankedTensorType>(inferred);
  if (!left || !right)
    return true;
  // They are of two contexts.
  return elementTypeOf(left.getElementType()) ==
             elementTypeOf(right.getElementType()) &&
         succeeded(verifyCompatibleShape(left.getShape(), right.getShape()));
}

static std::string spelled(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

OperatorCheck::OperatorCheck()
    : context(std::make_unique<MLIRContext>(MLIRContext::Threading::DISABLED)) {
  loadDialects(*context);
}

OperatorCheck::~OperatorCheck() = default;

std::optional<std::string> OperatorCheck::misfit(optical::ElectronicOp op) {
  // What the importer makes of operators is of the newest opset, whatever that
  // of the operator.
  int64_t own = std::min<int64_t>(op.getOpset().value_or(maxOpset), maxOpset);
  std::optional<std::string> why = misfit(op, own);
  if (why && own != maxOpset && !misfit(op, maxOpset))
    return std::nullopt;
  return why;
}

std::optional<std::string> OperatorCheck::misfit(optical::ElectronicOp op,
                                                 int64_t opset) {
  std::string why;
  ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && why.empty())
      why = diagnostic.str();
    return success();
  });
  LoadedModel model;
  if (!NodeModel(op, opset).write(model.proto))
    return std::nullopt;
  ImportOptions options;
  OwningOpRef<ModuleOp> module;
  try {
    auto imported = Importer(model, "", *context, options).run();
    if (failed(imported)) {
      // What follows the name of the node, which the model here made up.
      std::string prefix = " (" + model.proto.graph().node(0).op_type() + "): ";
      size_t at = why.find(prefix);
      return at == std::string::npos ? why : why.substr(at + prefix.size());
    }
    module = std::move(*imported);
  } catch (const std::exception &error) {
    return StringRef(error.what()).split('\n').first.str();
  }
  // Which outputs an operation with some of them has is not known.
  auto function = *module->getOps<func::FuncOp>().begin();
  if (op->getNumResults() != 1)
    return std::nullopt;
  Type inferred = function.getFunctionType().getResult(0);
  Type declared = op->getResult(0).getType();
  if (fits(declared, inferred))
    return std::nullopt;
  return "its result is " + spelled(inferred) + ", but declared as " +
         spelled(declared);
}
