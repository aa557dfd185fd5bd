//===- Encode.cpp - A text model as a binary one ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-onnx-encode IN.onnxtxt OUT.onnx [--name-nodes] [--weight NAME=BYTES]
//   [--external NAME=KEY=VALUE,...]
// Text has no names of nodes: with --name-nodes each is called as its first
// output. --weight gives an initializer that many bytes of raw data, all 1;
// --external has its data in another file, with these entries.
//
//===----------------------------------------------------------------------===//

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <onnx/defs/parser.h>
#include <sstream>

int main(int argc, char **argv) {
  if (argc < 3) {
    std::cerr << "usage: ohas-onnx-encode IN.onnxtxt OUT.onnx [options]\n";
    return 1;
  }
  std::stringstream text;
  text << std::ifstream(argv[1]).rdbuf();
  onnx::ModelProto model;
  auto status = onnx::OnnxParser::Parse(model, text.str().c_str());
  if (!status.IsOK()) {
    std::cerr << status.ErrorMessage() << "\n";
    return 1;
  }
  for (int i = 3; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--name-nodes")) {
      for (auto &node : *model.mutable_graph()->mutable_node())
        node.set_name(node.output(0));
    } else if (!std::strcmp(argv[i], "--external") && i + 1 < argc) {
      std::string option = argv[++i];
      std::string name = option.substr(0, option.find('='));
      for (auto &tensor : *model.mutable_graph()->mutable_initializer()) {
        if (tensor.name() != name)
          continue;
        tensor.clear_float_data();
        tensor.set_data_location(onnx::TensorProto::EXTERNAL);
        std::stringstream entries(option.substr(name.size() + 1));
        for (std::string entry; std::getline(entries, entry, ',');) {
          auto *added = tensor.add_external_data();
          added->set_key(entry.substr(0, entry.find('=')));
          added->set_value(entry.substr(entry.find('=') + 1));
        }
      }
    } else if (!std::strcmp(argv[i], "--weight") && i + 1 < argc) {
      std::string option = argv[++i];
      auto at = option.find('=');
      for (auto &tensor : *model.mutable_graph()->mutable_initializer())
        if (tensor.name() == option.substr(0, at)) {
          tensor.clear_float_data();
          tensor.set_raw_data(
              std::string(std::atol(option.c_str() + at + 1), '\1'));
        }
    }
  }
  std::ofstream out(argv[2], std::ios::binary);
  return model.SerializeToOstream(&out) ? 0 : 1;
}
