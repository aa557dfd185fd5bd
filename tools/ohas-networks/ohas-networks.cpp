//===- ohas-networks.cpp - Writes well-known networks as ONNX ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Networks/Networks.h"

int main(int argc, char **argv) {
  return ohas::networks::networksMain(argc, argv);
}
