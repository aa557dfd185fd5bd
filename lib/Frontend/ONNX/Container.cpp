//===- Container.cpp - What kind of file this is ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Container.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

using llvm::StringRef;

/// Skips blanks and comment lines.
static StringRef skipComments(StringRef text) {
  text = text.ltrim();
  while (text.consume_front("#"))
    text = text.drop_until([](char c) { return c == '\n'; }).ltrim();
  return text;
}

StringRef ohas::onnx::foreignFormat(StringRef bytes) {
  struct Magic {
    size_t offset;
    StringRef bytes, name;
  };
  static const Magic magics[] = {
      {0, "\x89HDF\r\n", "an HDF5 file (Keras?); export it to ONNX"},
      {0, StringRef("PK\3\4", 4),
       "a zip archive (PyTorch?); export it to ONNX"},
      {0, StringRef("\x1f\x8b", 2), "gzip-compressed; decompress it"},
      {0, StringRef("ML\xefR", 4), "MLIR bytecode; pass --input-format=mlir"},
      {0, StringRef("\xef\xbb\xbf", 3),
       "text with a byte order mark, not a binary model"},
      {4, "ORTM", "an ONNX Runtime (.ort) file; use the original .onnx"},
      {4, "TFL3", "a TensorFlow Lite file; convert it to ONNX"},
      {0, "GGUF", "a GGUF file; export the model to ONNX"},
      {0, "version https://git-lfs", "a Git LFS pointer; run `git lfs pull`"},
  };
  for (const Magic &magic : magics)
    if (bytes.substr(magic.offset).starts_with(magic.bytes))
      return magic.name;
  if (bytes.size() > 9 && bytes[8] == '{' &&
      llvm::support::endian::read64le(bytes.data()) < bytes.size())
    return "a safetensors file (weights only); export the model to ONNX";
  if (bytes.ltrim().starts_with("{"))
    return "JSON, not a binary model";
  if (bytes.ltrim().starts_with("<!") || bytes.starts_with("<html"))
    return "a web page, not a model";
  // A binary model has control characters: the tags of its first fields.
  StringRef head = bytes.take_front(4096);
  if (llvm::all_of(head,
                   [](char c) { return llvm::isPrint(c) || llvm::isSpace(c); }))
    return looksLikeTextModel(bytes)
               ? "text; name it .onnxtxt or pass --input-format=onnxtxt"
               : "text, not a binary model";
  return "";
}

bool ohas::onnx::looksLikeTextModel(StringRef bytes) {
  StringRef text = skipComments(bytes.take_front(1 << 16));
  if (!text.consume_front("<"))
    return false;
  text = skipComments(text);
  return text.starts_with("ir_version") || text.starts_with("opset_import") ||
         text.starts_with("producer_") || text.starts_with("domain") ||
         text.starts_with("model_version") || text.starts_with("doc_string") ||
         text.starts_with("metadata_props");
}
