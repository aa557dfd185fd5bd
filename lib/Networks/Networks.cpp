//===- Networks.cpp - The list of networks ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Networks/Networks.h"
#include "Builders.h"
#include "GraphBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include <fmt/format.h>

using namespace ohas::networks;

static constexpr Network known[] = {
    {"alexnet", "AlexNet (torchvision), image 224x224"},
    {"vgg16", "VGG-16 (torchvision), image 224x224"},
    {"resnet18", "ResNet-18 (torchvision), image 224x224"},
    {"resnet50", "ResNet-50 v1.5 (torchvision), image 224x224"},
    {"mobilenetv2", "MobileNetV2 (torchvision), image 224x224"},
    {"deit-tiny", "DeiT-Tiny (timm), image 224x224, 197 tokens"},
    {"deit-small", "DeiT-Small (timm), image 224x224, 197 tokens"},
    {"deit-base", "DeiT-Base (timm), image 224x224, 197 tokens"},
    {"bert-base", "BERT base with classifier (Hugging Face)", 128, 512},
    {"bert-large", "BERT large with classifier (Hugging Face)", 128, 512},
    {"gpt2", "GPT-2 small with language-model head (Hugging Face)", 128, 1024},
};

static constexpr void (*builders[])(GraphBuilder &) = {
    buildAlexNet,     buildVGG16,     buildResNet18,  buildResNet50,
    buildMobileNetV2, buildDeiTTiny,  buildDeiTSmall, buildDeiTBase,
    buildBERTBase,    buildBERTLarge, buildGPT2,
};
static_assert(std::size(builders) == std::size(known));

/// More than any memory holds, and far from where products of sizes overflow.
static constexpr int64_t maxBatch = 1 << 20;

llvm::ArrayRef<Network> ohas::networks::all() { return known; }

template <typename... Args>
static llvm::Error error(fmt::format_string<Args...> text, Args &&...args) {
  return llvm::createStringError(
      fmt::format(text, std::forward<Args>(args)...));
}

static llvm::Error unknown(llvm::StringRef name) {
  const auto *nearest = llvm::min_element(known, [&](auto &a, auto &b) {
    return name.edit_distance_insensitive(a.name) <
           name.edit_distance_insensitive(b.name);
  });
  return error("unknown network '{}': did you mean '{}'? --list shows all",
               name.str(), nearest->name.str());
}

static llvm::Error check(const Network &network, const Options &options) {
  if (options.batch < 1 || options.batch > maxBatch)
    return error("the batch must be 1 to {}, not {}", maxBatch, options.batch);
  if (options.dynamicBatch && options.batch != 1)
    return error("the batch is either a number or dynamic, not both");
  if (options.sequence == 0)
    return llvm::Error::success();
  if (network.sequence == 0)
    return error("{} has no sequence length to choose", network.name.str());
  if (options.sequence < 1 || options.sequence > network.maxSequence)
    return error("the sequence length of {} must be 1 to {}, not {}",
                 network.name.str(), network.maxSequence, options.sequence);
  return llvm::Error::success();
}

llvm::Expected<std::string> ohas::networks::serialize(llvm::StringRef name,
                                                      const Options &options) {
  const Network *network = llvm::find_if(
      known, [&](const Network &candidate) { return candidate.name == name; });
  if (network == std::end(known))
    return unknown(name);
  if (llvm::Error problem = check(*network, options))
    return problem;
  Options chosen = options;
  if (chosen.sequence == 0)
    chosen.sequence = network->sequence;
  GraphBuilder builder(name, chosen);
  builders[network - known](builder);
  return builder.serialize();
}
