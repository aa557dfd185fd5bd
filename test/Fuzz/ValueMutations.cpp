//===- ValueMutations.cpp - Attributes, types and tensors -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"

using namespace ohas::fuzz;
using namespace onnx;

/// Up to the newest of ONNX 1.21, and some that are none.
static int anyElementType(Random &random) {
  static constexpr int common[] = {TensorProto::FLOAT, TensorProto::INT64,
                                   TensorProto::INT32, TensorProto::UINT8,
                                   TensorProto::INT8,  TensorProto::BOOL};
  return random.oneIn(3) ? static_cast<int>(random.below(30))
                         : random.of(common);
}

void ohas::fuzz::makeTensor(TensorProto &tensor, Random &random) {
  std::string name = tensor.name();
  tensor.Clear();
  tensor.set_name(name);
  bool isReal = random.oneIn(4);
  tensor.set_data_type(isReal ? TensorProto::FLOAT : TensorProto::INT64);
  size_t count = random.below(6);
  if (!random.oneIn(4))
    tensor.add_dims(static_cast<int64_t>(count));
  else
    count = 1;
  for (size_t i = 0; i < count; ++i) {
    if (isReal)
      tensor.add_float_data(random.real());
    else
      tensor.add_int64_data(random.integer());
  }
}

void ohas::fuzz::mutateTensor(TensorProto &tensor, Random &random) {
  int dims = tensor.dims_size();
  int at = static_cast<int>(random.below(dims));
  switch (random.below(8)) {
  case 0:
    tensor.set_data_type(anyElementType(random));
    break;
  case 1:
    tensor.add_dims(random.oneIn(2) ? 1 : random.dim());
    break;
  case 2:
    if (dims)
      tensor.mutable_dims()->RemoveLast();
    break;
  case 3:
    if (dims)
      tensor.set_dims(at, random.dim());
    break;
  case 4:
    if (int size = tensor.int64_data_size())
      tensor.set_int64_data(static_cast<int>(random.below(size)),
                            random.integer());
    else if (int size = tensor.float_data_size())
      tensor.set_float_data(static_cast<int>(random.below(size)),
                            random.real());
    else if (std::string *raw = tensor.mutable_raw_data(); !raw->empty())
      (*raw)[random.below(raw->size())] = static_cast<char>(random.integer());
    break;
  case 5:
    // Shape without data, as the elided weights of a corpus are.
    tensor.clear_raw_data();
    tensor.clear_float_data();
    if (random.oneIn(3))
      tensor.set_data_location(TensorProto::EXTERNAL);
    break;
  default:
    makeTensor(tensor, random);
  }
}

void ohas::fuzz::mutateType(TypeProto &type, Random &random) {
  if (type.has_sequence_type() && !random.oneIn(4))
    return mutateType(*type.mutable_sequence_type()->mutable_elem_type(),
                      random);
  if (type.has_optional_type() && !random.oneIn(4))
    return mutateType(*type.mutable_optional_type()->mutable_elem_type(),
                      random);
  if (random.oneIn(20)) {
    TypeProto inner = type;
    if (random.oneIn(2))
      *type.mutable_sequence_type()->mutable_elem_type() = inner;
    else
      *type.mutable_optional_type()->mutable_elem_type() = inner;
    return;
  }
  if (random.oneIn(30)) {
    type.Clear();
    return;
  }
  auto &tensor = *type.mutable_tensor_type();
  if (!tensor.has_elem_type() || random.oneIn(5))
    tensor.set_elem_type(anyElementType(random));
  auto *dims = tensor.mutable_shape()->mutable_dim();
  int at = static_cast<int>(random.below(dims->size()));
  switch (random.below(8)) {
  case 0:
    dims->Add()->set_dim_value(random.dim());
    break;
  case 1:
    if (!dims->empty())
      dims->DeleteSubrange(at, 1);
    break;
  case 2:
    if (!dims->empty())
      dims->Mutable(at)->Clear();
    break;
  case 3:
    if (!dims->empty())
      dims->Mutable(at)->set_dim_param("n");
    break;
  case 4:
    if (random.oneIn(3))
      tensor.clear_shape();
    break;
  default:
    if (!dims->empty())
      dims->Mutable(at)->set_dim_value(random.dim());
  }
}

static AttributeProto &addAttribute(NodeProto &node, Random &random) {
  AttributeProto &added = *node.add_attribute();
  const OpSchema *schema =
      OpSchemaRegistry::Schema(node.op_type(), node.domain());
  if (schema && !schema->attributes().empty() && !random.oneIn(8)) {
    auto entry = schema->attributes().begin();
    std::advance(entry, random.below(schema->attributes().size()));
    added.set_name(entry->first);
    makeAttribute(added, entry->second.type, random);
  } else {
    added.set_name(random.of(attributeNames()));
    makeAttribute(added,
                  random.oneIn(3) ? 1 + static_cast<int>(random.below(14))
                                  : AttributeProto::INT,
                  random);
  }
  return added;
}

void ohas::fuzz::mutateAttribute(NodeProto &node, Random &random) {
  if (node.attribute().empty() || random.oneIn(4)) {
    addAttribute(node, random);
    return;
  }
  int at = static_cast<int>(random.below(node.attribute_size()));
  AttributeProto &attribute = *node.mutable_attribute(at);
  if (random.oneIn(8)) {
    node.mutable_attribute()->DeleteSubrange(at, 1);
  } else if (random.oneIn(8)) {
    makeAttribute(attribute, 1 + static_cast<int>(random.below(14)), random);
  } else if (attribute.has_t()) {
    mutateTensor(*attribute.mutable_t(), random);
  } else if (attribute.has_g()) {
    for (NodeProto &inner : *attribute.mutable_g()->mutable_node())
      if (random.oneIn(3))
        mutateAttribute(inner, random);
  } else if (int size = attribute.ints_size(); size && !random.oneIn(4)) {
    if (random.oneIn(3))
      attribute.mutable_ints()->RemoveLast();
    else if (random.oneIn(3))
      attribute.add_ints(random.integer());
    else
      attribute.set_ints(static_cast<int>(random.below(size)),
                         random.integer());
  } else {
    makeAttribute(attribute, attribute.type(), random);
  }
}

/// Versions and domains, which decide who is asked about a node.
static void mutateVersions(ModelProto &model, Random &random) {
  if (model.opset_import().empty() || random.oneIn(8)) {
    static const char *const domains[] = {
        "", "com.microsoft", "ai.onnx.ml", "ai.onnx.preview.training", "aten",
        "f"};
    auto &import = *model.add_opset_import();
    import.set_domain(random.of(domains));
    import.set_version(static_cast<int64_t>(random.below(28)));
    return;
  }
  int at = static_cast<int>(random.below(model.opset_import_size()));
  model.mutable_opset_import(at)->set_version(
      random.oneIn(8) ? random.integer()
                      : static_cast<int64_t>(random.below(28)));
}

void ohas::fuzz::mutateValue(ModelProto &model, Random &random) {
  if (random.oneIn(12))
    return mutateVersions(model, random);
  GraphProto &graph = anyGraph(model, random);
  auto any = [&](auto *field) {
    return field->Mutable(static_cast<int>(random.below(field->size())));
  };
  switch (random.below(8)) {
  case 0:
    if (!graph.initializer().empty())
      mutateTensor(*any(graph.mutable_initializer()), random);
    break;
  case 1:
  case 2:
    if (!graph.input().empty())
      mutateType(*any(graph.mutable_input())->mutable_type(), random);
    break;
  case 3:
    if (!graph.output().empty())
      mutateType(*any(graph.mutable_output())->mutable_type(), random);
    break;
  case 4: {
    ValueInfoProto &value = *graph.add_value_info();
    value.set_name(anyName(graph, random));
    mutateType(*value.mutable_type(), random);
    break;
  }
  case 5: {
    TensorProto &tensor = *graph.add_initializer();
    makeTensor(tensor, random);
    tensor.set_name("k" + std::to_string(random.below(100000)));
    if (!graph.node().empty()) {
      NodeProto &node = *any(graph.mutable_node());
      if (!node.input().empty())
        *any(node.mutable_input()) = tensor.name();
    }
    break;
  }
  default:
    if (!graph.node().empty())
      mutateAttribute(*any(graph.mutable_node()), random);
  }
}
