//===- TopologicalOrder.cpp - Producers before consumers --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TopologicalOrder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include <queue>

using namespace ohas::onnx;

TopologicalOrder ohas::onnx::topologicalOrder(
    const google::protobuf::RepeatedPtrField<NodeProto> &nodes) {
  llvm::DenseMap<llvm::StringRef, int> producers;
  for (int i = 0; i < nodes.size(); ++i)
    for (const std::string &output : nodes[i].output())
      if (!output.empty())
        producers.try_emplace(output, i);

  llvm::SmallVector<int, 0> missing(nodes.size(), 0);
  llvm::SmallVector<llvm::SmallVector<int, 2>, 0> consumers(nodes.size());
  for (int i = 0; i < nodes.size(); ++i)
    for (const std::string &input : nodes[i].input())
      if (auto found = producers.find(input); found != producers.end()) {
        consumers[found->second].push_back(i);
        ++missing[i];
      }

  TopologicalOrder order;
  order.nodes.reserve(nodes.size());
  std::priority_queue<int, std::vector<int>, std::greater<int>> ready;
  for (int i = 0; i < nodes.size(); ++i)
    if (missing[i] == 0)
      ready.push(i);
  while (!ready.empty()) {
    int next = ready.top();
    ready.pop();
    order.nodes.push_back(next);
    for (int consumer : consumers[next])
      if (--missing[consumer] == 0)
        ready.push(consumer);
  }
  if (order.nodes.size() == static_cast<size_t>(nodes.size()))
    return order;
  // What waits may be on a cycle or behind one: walk back until a node repeats.
  llvm::DenseMap<int, bool> seen;
  int at =
      llvm::find_if(missing, [](int n) { return n > 0; }) - missing.begin();
  while (!seen[at]) {
    seen[at] = true;
    for (const std::string &input : nodes[at].input())
      if (auto found = producers.find(input);
          found != producers.end() && missing[found->second] > 0) {
        at = found->second;
        break;
      }
  }
  order.onCycle = at;
  return order;
}
