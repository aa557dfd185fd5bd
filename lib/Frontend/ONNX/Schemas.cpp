//===- Schemas.cpp - What an operator accepts -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Schemas.h"
#include "Importer.h"
#include "Operators.h"
#include "llvm/ADT/StringSwitch.h"
#include <onnx/defs/schema.h>

using namespace ohas::onnx;
using namespace mlir;
using ::onnx::OpSchema;

bool ohas::onnx::isBuiltinDomain(StringRef domain) {
  return llvm::StringSwitch<bool>(domain)
      .Cases({"", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training"},
             true)
      .Default(false);
}

/// The opset in which ONNX took the operator away, if that was not after the
/// node's; else 0.
static int64_t removedIn(const NodeContext &node, const OpSchema *schema) {
  if (schema && schema->Deprecated())
    return schema->SinceVersion();
  if (!node.domain().empty())
    for (const RemovedOperator &row : removedOperatorTable())
      if (row.since <= node.opset && row.name == node.qualifiedName())
        return row.since;
  return 0;
}

static const OpSchema *findAnySchema(const NodeContext &node) {
  return ::onnx::OpSchemaRegistry::Schema(
      node.proto.op_type(), static_cast<int>(node.opset), node.domain().str());
}

const OpSchema *ohas::onnx::findLibonnxSchema(const NodeContext &node) {
  if (node.schemaOpset == node.opset)
    return node.schema;
  const OpSchema *schema = findAnySchema(node);
  node.schemaOpset = node.opset;
  node.schema = removedIn(node, schema) ? nullptr : schema;
  return node.schema;
}

static const OpSchema::FormalParameter *
formal(const std::vector<OpSchema::FormalParameter> &formals, size_t i) {
  if (i < formals.size())
    return &formals[i];
  if (!formals.empty() && formals.back().GetOption() == OpSchema::Variadic)
    return &formals.back();
  return nullptr;
}

const std::string *ohas::onnx::formalInputType(const OpSchema &schema,
                                               size_t i) {
  const auto *parameter = formal(schema.inputs(), i);
  return parameter && parameter->GetIsHomogeneous() ? &parameter->GetTypeStr()
                                                    : nullptr;
}

const std::string *ohas::onnx::formalOutputType(const OpSchema &schema,
                                                size_t i) {
  const auto *parameter = formal(schema.outputs(), i);
  return parameter && parameter->GetIsHomogeneous() ? &parameter->GetTypeStr()
                                                    : nullptr;
}

/// Operators that were in ONNX on trial, before opset 10, and a misspelling.
static bool isTrialOperator(StringRef op) {
  return llvm::StringSwitch<bool>(op)
      .Cases({"ATen", "Affine", "ConstantFill", "Crop", "DynamicSlice"}, true)
      .Cases({"GRUUnit", "GivenTensorFill", "ImageScaler"}, true)
      .Cases({"ParametricSoftplus", "Scale", "ScaledTanh", "Matmul"}, true)
      .Default(false);
}

/// The model has operators beyond ONNX's.
static bool importsOther(const NodeContext &node) {
  return llvm::any_of(node.scope.opsets, [](const auto &import) {
    return !isBuiltinDomain(import.getKey());
  });
}

/// Why the operator is not there, in a sentence.
static LogicalResult reportMissing(const NodeContext &node) {
  auto error = node.emitError();
  error << "opset " << node.opset << " has no operator '" << node.opType()
        << "'";
  if (int64_t since = newOperatorSince(node.opType());
      since && node.domain().empty())
    return error << ": it exists since opset " << since;
  if (int64_t since = removedIn(node, findAnySchema(node)))
    return error << ": it was removed in opset " << since;
  const OpSchema *later = ::onnx::OpSchemaRegistry::Schema(node.proto.op_type(),
                                                           node.domain().str());
  if (later && later->SinceVersion() > node.opset)
    return error << ": it exists in a later one (" << later->SinceVersion()
                 << ")";
  return error;
}

/// The form of an attribute by what it holds, where it does not say.
static AttributeProto::AttributeType typeOf(const AttributeProto &attribute) {
  if (attribute.type() != AttributeProto::UNDEFINED)
    return attribute.type();
  return attribute.has_f()          ? AttributeProto::FLOAT
         : attribute.has_i()        ? AttributeProto::INT
         : attribute.has_s()        ? AttributeProto::STRING
         : attribute.has_t()        ? AttributeProto::TENSOR
         : attribute.has_g()        ? AttributeProto::GRAPH
         : attribute.floats_size()  ? AttributeProto::FLOATS
         : attribute.ints_size()    ? AttributeProto::INTS
         : attribute.strings_size() ? AttributeProto::STRINGS
                                    : AttributeProto::UNDEFINED;
}

/// True if another form of the operator has the attribute: axes and others
/// became inputs, but exporters go on writing them.
static bool hadAttribute(NodeContext &node, const std::string &name) {
  for (int opset = 1; opset <= maxOpset; ++opset) {
    const OpSchema *schema = ::onnx::OpSchemaRegistry::Schema(
        node.proto.op_type(), opset, node.domain().str());
    if (!schema || !schema->attributes().count(name))
      continue;
    if (node.importer.isFirst((node.qualifiedName() + "." + name)))
      node.emitWarning() << "attribute '" << name << "' is of another opset "
                         << "than " << node.opset << "; it is read all the "
                         << "same";
    return true;
  }
  return false;
}

/// What holds of all nodes, whoever their operator is from.
static LogicalResult checkAttributeNames(NodeContext &node) {
  llvm::StringSet<> seen;
  for (const AttributeProto &attribute : node.proto.attribute())
    if (const std::string &name = attribute.name();
        !name.empty() && !seen.insert(name).second)
      return node.emitError() << "attribute '" << name << "' is given twice";
  return success();
}

static LogicalResult checkAttributes(NodeContext &node, const OpSchema *schema,
                                     ArrayRef<const NewerOperator *> newer) {
  llvm::StringSet<> seen;
  for (const AttributeProto &attribute : node.proto.attribute()) {
    const std::string &name = attribute.name();
    if (name.empty())
      return node.emitError() << "an attribute has no name";
    seen.insert(name);
    if (!attribute.ref_attr_name().empty())
      return node.emitError() << "attribute '" << name
                              << "' refers to an attribute of a function, but "
                                 "the node is in none";
    if (schema)
      if (auto known = schema->attributes().find(name);
          known != schema->attributes().end()) {
        auto type = typeOf(attribute);
        // A number where a tensor or a list of one is meant.
        // Types to cast to were names once.
        bool isScalar =
            name == "to" ||
            (known->second.type == AttributeProto::TENSOR &&
             (type == AttributeProto::INT || type == AttributeProto::FLOAT)) ||
            (known->second.type == AttributeProto::INTS &&
             type == AttributeProto::INT);
        if (type != AttributeProto::UNDEFINED && !isScalar &&
            type != known->second.type)
          return node.emitError()
                 << "attribute '" << name << "' has the wrong type";
        continue;
      }
    bool isNewer = llvm::any_of(newer, [&](const NewerOperator *row) {
      SmallVector<StringRef> names;
      row->attributes.split(names, ' ');
      return llvm::is_contained(names, name);
    });
    if (isNewer || hadAttribute(node, name))
      continue;
    // Quantisers note the bits of operands beside the operator's attributes.
    if (node.importer.hasQuantizerNotes || importsOther(node) ||
        StringRef(name).ends_with("_bits") || name == "act_size" ||
        name == "weight_size" || name == "output_size") {
      node.importer.hasQuantizerNotes = true;
      if (node.importer.isFirst((node.qualifiedName() + "." + name)))
        node.emitWarning() << "attribute '" << name
                           << "' is no attribute of ONNX; it is kept";
      continue;
    }
    return node.emitError() << "opset " << node.opset << " has no attribute '"
                            << name << "' for it";
  }
  if (schema)
    for (const auto &[name, attribute] : schema->attributes())
      if (attribute.required && !seen.contains(name) &&
          name != "consumed_inputs")
        return node.emitError() << "attribute '" << name << "' is missing";
  return success();
}

static LogicalResult checkArity(NodeContext &node, const OpSchema *schema,
                                ArrayRef<const NewerOperator *> newer) {
  uint64_t least =
      schema ? schema->min_input()
             : any_of(newer, [](auto *row) { return row->minInputs > 0; });
  uint64_t most = schema ? schema->max_input() : 0;
  uint64_t outputs = schema ? schema->max_output() : 0;
  for (const NewerOperator *row : newer) {
    least =
        row->isNew ? row->minInputs : std::min<uint64_t>(least, row->minInputs);
    most = std::max<uint64_t>(most, row->maxInputs);
    outputs = std::max<uint64_t>(outputs, row->maxOutputs);
  }
  // Absent inputs at the end may be written as empty names.
  size_t given = node.numInputs();
  if (given < least || given > most)
    return node.emitError() << "it has " << given << " inputs, but "
                            << (given < least ? "needs " : "takes at most ")
                            << (given < least ? least : most);
  if (node.numOutputs() > outputs)
    return node.emitError() << "it has " << node.numOutputs()
                            << " outputs, but gives at most " << outputs;
  for (size_t i = 0; i < node.numInputs(); ++i) {
    const auto *parameter = schema ? formal(schema->inputs(), i) : nullptr;
    bool needed =
        parameter ? parameter->GetOption() == OpSchema::Single : i < least;
    bool isOfMany = parameter && parameter->GetOption() == OpSchema::Variadic;
    if (!node.hasInput(i) && (isOfMany || (needed && i < least)))
      return node.emitError() << "its input " << i << " is absent";
  }
  return success();
}

/// As schemas spell types.
static std::string tensorOf(int32_t element) {
  return ("tensor(" + elementTypeInfo(element).name + ")").str();
}

/// The parameter takes the element type. This is asked for every input of every
/// node, and schemas answer in strings.
static bool takes(NodeContext &node, const OpSchema::FormalParameter &parameter,
                  int32_t element) {
  auto [known, inserted] =
      node.importer.allowedTypes.try_emplace({&parameter, element}, false);
  if (inserted) {
    std::string type = tensorOf(element);
    known->second =
        llvm::any_of(parameter.GetTypes(),
                     [&](const std::string *name) { return *name == type; });
  }
  return known->second;
}

static LogicalResult checkTypes(NodeContext &node, const OpSchema &schema,
                                bool isComplete) {
  SmallVector<std::pair<const std::string *, int32_t>, 4> bound;
  for (size_t i = 0; i < node.numInputs(); ++i) {
    const auto *parameter = formal(schema.inputs(), i);
    // Of other types, schemas cannot know.
    if (!node.hasInput(i) || !parameter ||
        !node.inputs[i]->type.has_tensor_type())
      continue;
    int32_t element = elementTypeOf(node.inputs[i]->type);
    if (!isElementType(element))
      continue;
    bool isAllowed = takes(node, *parameter, element);
    bool isNumber = isInteger(element) || isReal(element);
    if (isComplete && !isAllowed && !isNumber)
      return node.emitError()
             << "its input " << i << " cannot be of type " << tensorOf(element);
    // Hand-quantised models put integers where ONNX wants floats.
    if (isComplete && !isAllowed &&
        node.importer.isFirst(
            (node.qualifiedName() + "(" + tensorOf(element) + ")")))
      node.emitWarning() << "its input " << i << " cannot be of type "
                         << tensorOf(element)
                         << " by the standard; it is taken as it is";
    if (!parameter->GetIsHomogeneous() || !isAllowed)
      continue;
    const std::string &variable = parameter->GetTypeStr();
    auto first = llvm::find_if(
        bound, [&](const auto &entry) { return *entry.first == variable; });
    if (first == bound.end()) {
      bound.push_back({&variable, element});
      continue;
    }
    // Indices of 32 beside 64 bits harm nobody.
    if (first->second != element &&
        (!isInteger(element) || !isInteger(first->second)))
      return node.emitError()
             << "its inputs are of different types (" << tensorOf(first->second)
             << " and " << tensorOf(element) << ")";
  }
  return success();
}

/// The node has an attribute that `schema` has and `current` has not.
static bool isWrittenFor(const NodeContext &node, const OpSchema &schema,
                         const OpSchema &current) {
  return llvm::any_of(node.proto.attribute(),
                      [&](const AttributeProto &attribute) {
                        return schema.attributes().count(attribute.name()) &&
                               !current.attributes().count(attribute.name());
                      });
}

/// Exporters declare an opset and write operators in the form of another one.
/// A node with more or fewer inputs than its opset has is taken in the first
/// later form that it fits, or in an earlier one whose attributes it has.
static void adoptOtherForm(NodeContext &node) {
  auto fits = [&](const OpSchema &schema) {
    return static_cast<int64_t>(node.numInputs()) >= schema.min_input() &&
           static_cast<int64_t>(node.numInputs()) <= schema.max_input();
  };
  const OpSchema *schema = findLibonnxSchema(node);
  if (!schema || fits(*schema) || !node.domain().empty())
    return;
  auto adopt = [&](int64_t opset) {
    const OpSchema *other = ::onnx::OpSchemaRegistry::Schema(
        node.proto.op_type(), static_cast<int>(opset));
    if (!other || other->Deprecated() || !fits(*other) ||
        (opset < node.opset && !isWrittenFor(node, *other, *schema)))
      return false;
    if (node.importer.isFirst((node.qualifiedName() + " of another opset")))
      node.emitWarning() << "it has the inputs of opset "
                         << other->SinceVersion() << ", not of " << node.opset
                         << "; it is read as such";
    node.opset = other->SinceVersion();
    return true;
  };
  // Rows of our own table allow for more inputs than libonnx knows.
  if (newerOperators(node.opType(), node.opset).empty())
    for (int64_t opset = node.opset + 1; opset <= maxOpset; ++opset)
      if (adopt(opset))
        return;
  for (int64_t opset = schema->SinceVersion() - 1; opset > 0; --opset)
    if (adopt(opset))
      return;
}

LogicalResult ohas::onnx::checkSchema(NodeContext &node) {
  if (failed(checkAttributeNames(node)))
    return failure();
  if (!isBuiltinDomain(node.domain())) {
    if (!importTable().find(node) &&
        node.importer.isFirst(node.qualifiedName()))
      node.emitWarning() << "'" << node.qualifiedName()
                         << "' is not an operator of ONNX; it is taken for "
                            "electronic work";
    return success();
  }
  adoptOtherForm(node);
  std::string name = node.domain().empty()
                         ? node.opType().str()
                         : (node.domain() + "." + node.opType()).str();
  SmallVector<const NewerOperator *> newer = newerOperators(name, node.opset);
  const OpSchema *schema = findLibonnxSchema(node);
  bool isNew = llvm::any_of(newer, [](auto *row) { return row->isNew; });
  if (!schema && !isNew) {
    // Models with operators of their own may write them without the domain,
    // and operators that ONNX had on trial are still in old ones.
    bool isOwn = node.domain().empty() && !newOperatorSince(node.opType()) &&
                 !removedIn(node, findAnySchema(node)) &&
                 (isTrialOperator(node.opType()) || importsOther(node));
    if (!isOwn)
      return reportMissing(node);
    if (node.importer.isFirst(node.qualifiedName()))
      node.emitWarning() << "'" << node.opType()
                         << "' is not an operator of ONNX; it is taken for "
                            "electronic work";
    return success();
  }
  if (failed(checkArity(node, schema, newer)) ||
      failed(checkAttributes(node, schema, newer)))
    return failure();
  // Newer opsets add types, but never to these: no type of opset 17 became
  // legal where the operator has no newer row in our table.
  const auto &range =
      ::onnx::OpSchemaRegistry::DomainToVersionRange::Instance().Map();
  auto known = range.find(node.domain().str());
  bool isComplete = known != range.end() && node.opset <= known->second.second;
  return schema ? checkTypes(node, *schema, isComplete) : success();
}
