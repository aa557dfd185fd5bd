//===- NetworksTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the written models say is worked out anew, by libonnx's shape inference,
// and compared with the networks' published sizes.
//
//===----------------------------------------------------------------------===//

#include "ohas/Networks/Networks.h"
#include "gtest/gtest.h"
#include <map>
#include <onnx/checker.h>
#include <onnx/shape_inference/implementation.h>
#include <set>

using namespace ohas::networks;

namespace {
struct Expected {
  const char *name;
  int64_t macs, parameters;
  int convolutions, gemms, matmuls;
};

// Multiply-accumulates of convolutions and matrix products. Parameters with
// batch normalisation folded into the convolutions; GPT-2's head is written out
// beside the embedding that it shares its 38,597,376 weights with.
constexpr Expected expectations[] = {
    {"alexnet", 714'188'480, 61'100'840, 5, 3, 0},
    {"vgg16", 15'470'264'320, 138'357'544, 13, 3, 0},
    {"resnet18", 1'814'073'344, 11'684'712, 20, 1, 0},
    {"resnet50", 4'089'184'256, 25'530'472, 53, 1, 0},
    {"mobilenetv2", 300'774'272, 3'487'816, 52, 1, 0},
    {"deit-tiny", 1'253'683'200, 5'717'416, 1, 1, 72},
    {"deit-small", 4'598'882'304, 22'050'664, 1, 1, 72},
    {"deit-base", 17'563'828'224, 86'567'656, 1, 1, 72},
    {"bert-base", 11'174'217'216, 109'483'778, 0, 2, 96},
    {"bert-large", 39'461'062'656, 335'143'938, 0, 2, 192},
    {"gpt2", 16'114'089'984, 124'439'808 + 38'597'376, 0, 48, 25},
};

onnx::ModelProto read(llvm::StringRef name, Options options = {}) {
  onnx::ModelProto model;
  llvm::Expected<std::string> bytes = serialize(name, options);
  if (!bytes)
    ADD_FAILURE() << llvm::toString(bytes.takeError());
  else
    EXPECT_TRUE(model.ParseFromString(*bytes));
  return model;
}

using Shapes = std::map<std::string, onnx::TypeProto_Tensor>;

/// The types that the model itself declares.
Shapes declared(const onnx::GraphProto &graph) {
  Shapes shapes;
  for (const auto *infos :
       {&graph.input(), &graph.value_info(), &graph.output()})
    for (const onnx::ValueInfoProto &info : *infos)
      shapes[info.name()] = info.type().tensor_type();
  for (const onnx::TensorProto &weight : graph.initializer()) {
    auto &type = shapes[weight.name()];
    type.set_elem_type(weight.data_type());
    for (int64_t size : weight.dims())
      type.mutable_shape()->add_dim()->set_dim_value(size);
  }
  return shapes;
}

/// The types that libonnx infers from the inputs and weights alone.
Shapes inferred(onnx::ModelProto model) {
  onnx::GraphProto &graph = *model.mutable_graph();
  graph.clear_value_info();
  for (onnx::ValueInfoProto &output : *graph.mutable_output())
    output.clear_type();
  onnx::ShapeInferenceOptions options(/*check_type_val=*/true,
                                      /*strict_mode_val=*/1,
                                      /*data_prop_val=*/true);
  onnx::shape_inference::InferShapes(model, onnx::OpSchemaRegistry::Instance(),
                                     options);
  return declared(graph);
}

int64_t size(const onnx::TypeProto_Tensor &type, int axis) {
  int rank = type.shape().dim_size();
  return type.shape().dim(axis < 0 ? axis + rank : axis).dim_value();
}

int64_t elements(const onnx::TypeProto_Tensor &type) {
  int64_t product = 1;
  for (const auto &dim : type.shape().dim())
    product *= dim.dim_value();
  return product;
}

int64_t macs(const onnx::NodeProto &node, const Shapes &shapes) {
  int64_t results = elements(shapes.at(node.output(0)));
  if (node.op_type() == "Conv") {
    const auto &weight = shapes.at(node.input(1));
    return results * elements(weight) / size(weight, 0);
  }
  if (node.op_type() == "MatMul")
    return results * size(shapes.at(node.input(0)), -1);
  if (node.op_type() == "Gemm") {
    for (const onnx::AttributeProto &attribute : node.attribute())
      EXPECT_TRUE(attribute.name() == "transB" && attribute.i() == 1);
    return results * size(shapes.at(node.input(0)), 1);
  }
  return 0;
}

int64_t macs(const onnx::GraphProto &graph, const Shapes &shapes) {
  int64_t sum = 0;
  for (const onnx::NodeProto &node : graph.node())
    sum += macs(node, shapes);
  return sum;
}

class EveryNetwork : public testing::TestWithParam<Expected> {};
} // namespace

TEST(Networks, AllAreExpected) {
  ASSERT_EQ(all().size(), std::size(expectations));
  for (size_t i = 0; i < all().size(); ++i)
    EXPECT_EQ(all()[i].name, expectations[i].name);
}

TEST_P(EveryNetwork, HasItsPublishedSize) {
  onnx::ModelProto model = read(GetParam().name);
  const onnx::GraphProto &graph = model.graph();
  EXPECT_EQ(macs(graph, inferred(model)), GetParam().macs);
  std::map<std::string, int> ops;
  for (const onnx::NodeProto &node : graph.node())
    ++ops[node.op_type()];
  EXPECT_EQ(ops["Conv"], GetParam().convolutions);
  EXPECT_EQ(ops["Gemm"], GetParam().gemms);
  EXPECT_EQ(ops["MatMul"], GetParam().matmuls);
  int64_t parameters = 0;
  for (const onnx::TensorProto &weight : graph.initializer()) {
    EXPECT_EQ(weight.data_location(), onnx::TensorProto::EXTERNAL);
    int64_t count = 1;
    for (int64_t size : weight.dims())
      count *= size;
    parameters += count;
  }
  EXPECT_EQ(parameters, GetParam().parameters);
}

TEST_P(EveryNetwork, DeclaresWhatLibonnxInfers) {
  for (bool dynamic : {false, true}) {
    Options options;
    options.batch = dynamic ? 1 : 3;
    options.dynamicBatch = dynamic;
    onnx::ModelProto model = read(GetParam().name, options);
    Shapes mine = declared(model.graph()), theirs = inferred(model);
    ASSERT_EQ(mine.size(), theirs.size());
    for (const auto &[name, type] : mine) {
      const onnx::TypeProto_Tensor &other = theirs.at(name);
      EXPECT_EQ(type.elem_type(), other.elem_type()) << name;
      ASSERT_EQ(type.shape().dim_size(), other.shape().dim_size()) << name;
      for (int i = 0; i < type.shape().dim_size(); ++i)
        EXPECT_EQ(size(type, i), size(other, i)) << name << " axis " << i;
    }
  }
}

TEST_P(EveryNetwork, IsValid) {
  onnx::ModelProto model = read(GetParam().name);
  // The checker looks for files of external data: let it see inputs instead.
  for (const onnx::TensorProto &weight : model.graph().initializer()) {
    onnx::ValueInfoProto *input = model.mutable_graph()->add_input();
    input->set_name(weight.name());
    auto *type = input->mutable_type()->mutable_tensor_type();
    type->set_elem_type(weight.data_type());
    for (int64_t size : weight.dims())
      type->mutable_shape()->add_dim()->set_dim_value(size);
  }
  model.mutable_graph()->clear_initializer();
  EXPECT_NO_THROW(onnx::checker::check_model(model));
}

TEST_P(EveryNetwork, NamesAreUniqueAndUsed) {
  onnx::ModelProto model = read(GetParam().name);
  const onnx::GraphProto &graph = model.graph();
  std::set<std::string> nodes, made, used;
  for (const onnx::TensorProto &weight : graph.initializer())
    EXPECT_TRUE(made.insert(weight.name()).second) << weight.name();
  for (const onnx::NodeProto &node : graph.node()) {
    EXPECT_TRUE(nodes.insert(node.name()).second) << node.name();
    EXPECT_TRUE(made.insert(node.output(0)).second) << node.output(0);
    used.insert(node.input().begin(), node.input().end());
  }
  for (const onnx::ValueInfoProto &output : graph.output())
    used.insert(output.name());
  for (const std::string &name : made)
    EXPECT_TRUE(used.count(name)) << name;
}

TEST_P(EveryNetwork, BatchMultipliesTheWork) {
  Options options;
  options.batch = 8;
  onnx::ModelProto model = read(GetParam().name, options);
  EXPECT_EQ(macs(model.graph(), inferred(model)), 8 * GetParam().macs);
}

INSTANTIATE_TEST_SUITE_P(Networks, EveryNetwork,
                         testing::ValuesIn(expectations), [](auto &info) {
                           std::string name = info.param.name;
                           for (char &c : name)
                             c = c == '-' ? '_' : c;
                           return name;
                         });

TEST(Networks, SequenceSetsTheTokens) {
  Options options;
  options.sequence = 320;
  onnx::ModelProto model = read("bert-base", options);
  // 12 x (320 x 12 x 768^2 + 2 x 320^2 x 768), pooler and classifier.
  EXPECT_EQ(macs(model.graph(), inferred(model)), 29'067'118'080);
}

TEST(Networks, DynamicBatchIsASymbol) {
  Options options;
  options.dynamicBatch = true;
  for (const Network &network : all()) {
    onnx::ModelProto model = read(network.name, options);
    for (const onnx::ValueInfoProto &input : model.graph().input())
      EXPECT_EQ(input.type().tensor_type().shape().dim(0).dim_param(), "batch");
    for (const onnx::ValueInfoProto &output : model.graph().output())
      EXPECT_EQ(output.type().tensor_type().shape().dim(0).dim_param(),
                "batch");
  }
}

TEST(Networks, NodesAreNamedAsExportersNameThem) {
  auto has = [](llvm::StringRef network, const char *node, const char *weight) {
    onnx::ModelProto model = read(network);
    for (const onnx::NodeProto &candidate : model.graph().node())
      if (candidate.name() == node)
        return candidate.input_size() > 1 && candidate.input(1) == weight;
    return false;
  };
  EXPECT_TRUE(has("resnet50", "/layer1/layer1.0/downsample/downsample.0/Conv",
                  "layer1.0.downsample.0.weight"));
  EXPECT_TRUE(has("mobilenetv2",
                  "/features/features.1/conv/conv.0/conv.0.0/Conv",
                  "features.1.conv.0.0.weight"));
  EXPECT_TRUE(has("deit-tiny", "/blocks/blocks.11/attn/qkv/MatMul",
                  "blocks.11.attn.qkv.weight"));
  EXPECT_TRUE(has("bert-base",
                  "/bert/encoder/layer.0/attention/self/key/MatMul",
                  "bert.encoder.layer.0.attention.self.key.weight"));
  EXPECT_TRUE(has("gpt2", "/transformer/h.3/mlp/c_fc/Gemm",
                  "transformer.h.3.mlp.c_fc.weight"));
}

TEST(Networks, RejectsWhatCannotBeBuilt) {
  auto message = [](llvm::StringRef name, int64_t batch, int64_t sequence,
                    bool dynamic = false) {
    return llvm::toString(
        serialize(name, {batch, sequence, dynamic}).takeError());
  };
  EXPECT_EQ(message("resnet51", 1, 0),
            "unknown network 'resnet51': did you mean 'resnet50'? --list shows "
            "all");
  EXPECT_EQ(message("gpt2", 0, 0), "the batch must be 1 to 1048576, not 0");
  EXPECT_EQ(message("gpt2", 1048577, 0),
            "the batch must be 1 to 1048576, not 1048577");
  EXPECT_EQ(message("gpt2", 2, 0, true),
            "the batch is either a number or dynamic, not both");
  EXPECT_EQ(message("alexnet", 1, 64),
            "alexnet has no sequence length to choose");
  EXPECT_EQ(message("bert-base", 1, 513),
            "the sequence length of bert-base must be 1 to 512, not 513");
  EXPECT_EQ(message("gpt2", 1, -1),
            "the sequence length of gpt2 must be 1 to 1024, not -1");
}
