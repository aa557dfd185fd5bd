//===- ohas-opt.cpp - The OHAS command --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/OhasOpt.h"

int main(int argc, char **argv) { return ohas::runOhasOpt(argc, argv); }
