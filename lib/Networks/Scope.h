//===- Scope.h - Module paths as exporters spell them -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_LIB_NETWORKS_SCOPE_H
#define OHAS_LIB_NETWORKS_SCOPE_H

#include "llvm/ADT/Twine.h"
#include <string>

namespace ohas::networks {

/// Where a node stands in the network's tree of modules. PyTorch's exporter
/// names nodes by a path of modules ("/layer1/layer1.0/conv1/Conv") and
/// weights by attributes ("layer1.0.conv1.weight"); a scope knows both.
class Scope {
public:
  Scope() = default;

  /// The module held in the attribute `name`.
  Scope child(const llvm::Twine &name) const {
    Scope scope;
    scope.leaf = name.str();
    scope.nodes = nodes + "/" + scope.leaf;
    scope.weights = weights.empty() ? scope.leaf : weights + "." + scope.leaf;
    return scope;
  }

  /// The module at `index` of this sequence of modules, which repeats the
  /// sequence's own name in the path.
  Scope at(unsigned index) const {
    Scope scope;
    scope.leaf = leaf + "." + std::to_string(index);
    scope.nodes = nodes + "/" + scope.leaf;
    scope.weights = weights + "." + std::to_string(index);
    return scope;
  }

  std::string node(const llvm::Twine &op) const {
    return nodes + "/" + op.str();
  }
  std::string weight(const llvm::Twine &name) const {
    return weights.empty() ? name.str() : weights + "." + name.str();
  }

private:
  std::string nodes, weights, leaf;
};

} // namespace ohas::networks

#endif // OHAS_LIB_NETWORKS_SCOPE_H
