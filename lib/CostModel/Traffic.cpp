//===- Traffic.cpp - Counts in bits ---------------------------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Traffic.h"

using namespace ohas::cost;

Traffic::Traffic(const Workload &workload, const Accelerator &accelerator,
                 const Mapping &mapping, const Counts &counts) {
  PartialSums sums(workload, accelerator, mapping);
  levels.resize(counts.levels.size());
  bool outermost = true;
  for (unsigned i = 0; i < levels.size(); ++i) {
    if (accelerator.levels[i].kind != LevelKind::Memory)
      continue;
    for (Tensor tensor : allTensors) {
      if (!mapping.levels[i].kept.contains(tensor))
        continue;
      const TensorCounts &count = counts.levels[i].tensors[index(tensor)];
      int64_t writes = count.fills + count.updates;
      int64_t completeReads = count.reads, completeWrites = writes;
      if (tensor == Tensor::Output) {
        // The last write of an element completes it where no loop above
        // reduces; below the outermost memory it is then read once to leave.
        int64_t once =
            sums.leaveComplete(i) ? workload.elements(Tensor::Output) : 0;
        completeWrites = once;
        // Where it stays it does not leave.
        bool stays = mapping.levels[i].resident.contains(tensor);
        completeReads = outermost || stays ? 0 : once;
      }
      unsigned bits = operandBits(workload, accelerator, tensor);
      addBits(levels[i].readBits, levels[i].busiestReadBits, count.reads,
              count.busiestReads, completeReads, bits,
              accelerator.accumulatorBits);
      addBits(levels[i].writeBits, levels[i].busiestWriteBits, writes,
              count.busiestWrites, completeWrites, bits,
              accelerator.accumulatorBits);
    }
    outermost = false;
  }
}
