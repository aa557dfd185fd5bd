//===- MutationDriver.cpp - The fuzz target without libFuzzer ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-fuzz-mutations FIRST COUNT MODEL...: COUNT models that are mutations of
// the ones named (binary, or text) go through the fuzz target. Mutation N is
// the same in every run, so that what crashes is found again with FIRST=N
// COUNT=1. Where the compiler has no libFuzzer, and in the tests.
//
//===----------------------------------------------------------------------===//

#include "Vocabulary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <onnx/defs/parser.h>

using ohas::fuzz::Random;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed);

static constexpr size_t maxSize = 65536;
static unsigned numByteMutation = 0;

/// Stands in for libFuzzer's: a byte is changed, taken out or put in.
extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize) {
  Random random(numByteMutation);
  size_t place = random.below(size);
  auto value = static_cast<uint8_t>(random.below(256));
  if (size == 0 || (random.oneIn(3) && size < maxSize)) {
    std::copy_backward(data + place, data + size, data + size + 1);
    data[place] = value;
    return size + 1;
  }
  if (random.oneIn(2)) {
    std::copy(data + place + 1, data + size, data + place);
    return size - 1;
  }
  data[place] = value;
  return size;
}

/// The model's bytes, none if it cannot be read.
static std::string readModel(const char *file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return "";
  llvm::StringRef bytes = (*buffer)->getBuffer();
  onnx::ModelProto model;
  if (!bytes.starts_with("<"))
    return bytes.str();
  return onnx::OnnxParser::Parse(model, bytes.data()).IsOK()
             ? model.SerializeAsString()
             : "";
}

int main(int argc, char **argv) {
  llvm::sys::PrintStackTraceOnErrorSignal(argv[0]);
  llvm::EnablePrettyStackTrace();
  llvm::ArrayRef<char *> arguments(argv + 1, argc - 1);
  unsigned first, count;
  if (arguments.size() < 3 ||
      llvm::StringRef(arguments[0]).getAsInteger(10, first) ||
      llvm::StringRef(arguments[1]).getAsInteger(10, count)) {
    llvm::errs() << "usage: ohas-fuzz-mutations FIRST COUNT MODEL...\n";
    return 1;
  }
  std::vector<std::string> models;
  for (const char *file : arguments.drop_front(2)) {
    models.push_back(readModel(file));
    if (models.back().empty() || models.back().size() > maxSize) {
      llvm::errs() << file << ": error: no model, or larger than 64 KiB\n";
      return 1;
    }
  }
  for (unsigned number = first; number - first < count; ++number) {
    Random random(number);
    size_t model = random.below(models.size());
    llvm::PrettyStackTraceFormat where("mutation %u, of %s", number,
                                       arguments[2 + model]);
    std::vector<uint8_t> data(maxSize);
    size_t size = models[model].size();
    std::copy(models[model].begin(), models[model].end(), data.begin());
    for (size_t i = 0, e = 1 + random.below(3); i < e; ++i) {
      numByteMutation = static_cast<unsigned>(random.below(~0U));
      size =
          LLVMFuzzerCustomMutator(data.data(), size, maxSize, numByteMutation);
    }
    data.resize(size);
    LLVMFuzzerTestOneInput(data.data(), data.size());
  }
  llvm::outs() << count << " mutations of " << models.size() << " models\n";
  return 0;
}
