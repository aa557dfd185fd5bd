//===- Attention.h - What the transformers share ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_LIB_NETWORKS_ATTENTION_H
#define OHAS_LIB_NETWORKS_ATTENTION_H

#include "Layers.h"

namespace ohas::networks {

/// The numbers 0, 1, ... of the tokens, to look their position embedding up.
Value tokenNumbers(GraphBuilder &b, const Scope &scope);

/// [batch, tokens, width] to [batch, heads, tokens, width / heads].
Value splitHeads(GraphBuilder &b, const Scope &scope, const Value &x,
                 int64_t heads);

/// softmax(q k^T / sqrt(width of a head) + mask) v, with the heads joined
/// again; `mask` is added when it is there.
Value attend(GraphBuilder &b, const Scope &scope, const Value &q,
             const Value &k, const Value &v, const Value *mask);

} // namespace ohas::networks

#endif // OHAS_LIB_NETWORKS_ATTENTION_H
