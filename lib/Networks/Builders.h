//===- Builders.h - One function a network ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_LIB_NETWORKS_BUILDERS_H
#define OHAS_LIB_NETWORKS_BUILDERS_H

namespace ohas::networks {

class GraphBuilder;

void buildAlexNet(GraphBuilder &b);
void buildVGG16(GraphBuilder &b);
void buildResNet18(GraphBuilder &b);
void buildResNet50(GraphBuilder &b);
void buildMobileNetV2(GraphBuilder &b);
void buildDeiTTiny(GraphBuilder &b);
void buildDeiTSmall(GraphBuilder &b);
void buildDeiTBase(GraphBuilder &b);
void buildBERTBase(GraphBuilder &b);
void buildBERTLarge(GraphBuilder &b);
void buildGPT2(GraphBuilder &b);

} // namespace ohas::networks

#endif // OHAS_LIB_NETWORKS_BUILDERS_H
