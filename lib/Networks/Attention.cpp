//===- Attention.cpp - What the transformers share --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attention.h"
#include <cmath>
#include <numeric>

using namespace ohas::networks;

Value ohas::networks::tokenNumbers(GraphBuilder &b, const Scope &scope) {
  llvm::SmallVector<int64_t> numbers(b.sequence());
  std::iota(numbers.begin(), numbers.end(), 0);
  return b.vector(scope, numbers);
}

Value ohas::networks::splitHeads(GraphBuilder &b, const Scope &scope,
                                 const Value &x, int64_t heads) {
  Value split =
      reshape(b, scope, x, {x.shape[0], x.shape[1], heads, x.shape[2] / heads});
  return transpose(b, scope, split, {0, 2, 1, 3});
}

Value ohas::networks::attend(GraphBuilder &b, const Scope &scope,
                             const Value &q, const Value &k, const Value &v,
                             const Value *mask) {
  Value kT = transpose(b, scope, k, {0, 1, 3, 2});
  Value scores = matmul(b, scope, q, kT);
  float norm = std::sqrt(static_cast<float>(q.shape[3]));
  scores = binary(b, "Div", scope, scores, b.scalar(scope, norm));
  if (mask)
    scores = binary(b, "Add", scope, scores, *mask);
  Value mixed = matmul(b, scope, softmax(b, scope, scores), v);
  Value joined = transpose(b, scope, mixed, {0, 2, 1, 3});
  return reshape(
      b, scope, joined,
      {joined.shape[0], joined.shape[1], joined.shape[2] * joined.shape[3]});
}
