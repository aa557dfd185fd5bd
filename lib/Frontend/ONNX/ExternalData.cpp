//===- ExternalData.cpp - Weights beside the model --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model is data from anywhere, so that the files it names must be plain
// files in its own folder or below. Nothing is read but what the values of
// small tensors or the weight policy need.
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace ohas::onnx;
using namespace mlir;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

static llvm::Error refuse(const Twine &why) {
  return llvm::createStringError("has external data " + why);
}

/// Refuses all but names of files in or below the folder.
static llvm::Error checkLocation(StringRef location) {
  if (location.empty())
    return refuse("without a location");
  if (location.size() > 4096 || location.contains('\0'))
    return refuse("at a location that is no file name");
  if (path::is_absolute(location) || location.contains('\\') ||
      location.contains(':'))
    return refuse("at '" + location +
                  "', which is not relative to the model's folder");
  for (StringRef part :
       llvm::make_range(path::begin(location), path::end(location)))
    if (part == "..")
      return refuse("at '" + location + "', which leaves the model's folder");
  return llvm::Error::success();
}

llvm::Expected<std::shared_ptr<llvm::MemoryBuffer>>
Importer::openExternal(StringRef location) {
  if (auto found = externalFiles.find(location); found != externalFiles.end())
    return found->second;
  SmallString<256> folder(path::parent_path(file));
  if (folder.empty())
    folder = ".";
  SmallString<256> name(folder);
  path::append(name, location);
  std::shared_ptr<llvm::MemoryBuffer> &buffer = externalFiles[location];

  // The link itself first: one that leads nowhere is no missing file.
  fs::file_status status;
  std::error_code error = fs::status(name, status, /*follow=*/false);
  bool isLink = !error && status.type() == fs::file_type::symlink_file;
  if (isLink)
    error = fs::status(name, status, /*follow=*/true);
  if (error == std::errc::no_such_file_or_directory) {
    if (isLink)
      return refuse("at '" + location + "', a link that leads nowhere");
    // Shapes are enough, unless values are asked for.
    if (options.weights == WeightPolicy::Resource)
      return refuse("at '" + location + "', which does not exist");
    return buffer;
  }
  if (error)
    return refuse("at '" + location + "': " + error.message());
  if (status.type() != fs::file_type::regular_file)
    return refuse("at '" + location + "', which is no plain file");
  // A second name of a file may be anywhere: nothing says that it is not a
  // secret of the user's that the model would bring along.
  if (status.getLinkCount() > 1)
    return refuse("at '" + location +
                  "', a file with several names (hard links); copy it");
  // Links may stay in the folder, but not lead out of it.
  SmallString<256> realFolder, realName;
  if (fs::real_path(folder, realFolder) || fs::real_path(name, realName))
    return refuse("at '" + location + "', which cannot be resolved");
  if (!StringRef(realName).starts_with(realFolder) ||
      (realFolder != "/" && realName[realFolder.size()] != '/'))
    return refuse("at '" + location + "', a link out of the model's folder");
  auto opened = llvm::MemoryBuffer::getFile(realName, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!opened)
    return refuse("at '" + location + "': " + opened.getError().message());
  buffer = std::move(*opened);
  openBuffers.push_back(buffer);
  return buffer;
}

llvm::Error Importer::mapExternalData(const TensorProto &tensor) {
  llvm::StringMap<StringRef> entries;
  for (const auto &entry : tensor.external_data())
    if (!entries.try_emplace(entry.key(), entry.value()).second)
      return refuse("with '" + Twine(entry.key()) + "' given twice");
  if (!entries.contains("location"))
    return refuse("without a location");
  StringRef location = entries["location"];
  if (llvm::Error error = checkLocation(location))
    return error;
  auto number = [&](StringRef key, uint64_t &value) {
    auto found = entries.find(key);
    return found == entries.end() || !found->second.getAsInteger(10, value);
  };
  uint64_t offset = 0, length = ~uint64_t(0);
  if (!number("offset", offset) || !number("length", length))
    return refuse("with an offset or a length that is no number");
  bool toTheEnd = !entries.contains("length");
  if (!toTheEnd && length > ~offset)
    return refuse("whose offset and length are too large");
  auto buffer = openExternal(location);
  if (!buffer)
    return buffer.takeError();
  if (!*buffer)
    return llvm::Error::success();
  uint64_t size = (*buffer)->getBufferSize();
  if (offset > size || (!toTheEnd && length > size - offset))
    return refuse("beyond the end of '" + location + "'");
  StringRef bytes = (*buffer)->getBuffer().substr(offset);
  if (!toTheEnd) {
    bytes = bytes.take_front(length);
  } else if (auto count = numElements(toVector(tensor.dims()))) {
    // Without a length the shape says how much of the rest is meant.
    __uint128_t bits =
        __uint128_t(*count) * elementTypeInfo(tensor.data_type()).bits;
    __uint128_t wanted = (bits + 7) / 8;
    if (wanted < bytes.size())
      bytes = bytes.take_front(static_cast<size_t>(wanted));
  }
  externalBytes[&tensor] = bytes;
  return llvm::Error::success();
}
