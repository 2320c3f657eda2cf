// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// OutputFile: a file that is replaced as a whole, or stays as it was.
#pragma once

#include <string>
#include <string_view>

namespace earshot::host {

// What is written goes to a new file beside the one that is meant,
// ".earshot-<process>-<number>.tmp", which takes its place in Commit(). Without that, and when
// SIGINT, SIGTERM or SIGHUP ends the program, it is removed. So whatever happens, one finds the old
// file or the new one; only a program that is killed, or a computer without power, may leave the
// .tmp file as well.
//
// A symbolic link stays, and what it leads to is replaced. The new file has the mode of the old
// one. What is no regular file (a device, a pipe, standard output as /dev/stdout) is written as it
// is; so is an old file in a directory that takes no new ones.
//
// Not to be used from several threads at once. All functions but the destructor throw InputError
// "<path>: ...".
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void Write(std::string_view bytes);

  // Has all that was written brought to the disk. Nothing may be written after it.
  void Flush();

  // Flush(), if that was not done yet, and puts the file in its place. Once.
  void Commit();

  // For libraries that write by themselves; stays open as long as this object.
  int descriptor() const { return file_; }

 private:
  void OpenBeside();
  [[noreturn]] void Fail(int error) const;

  const std::string path_;  // As it was given, for errors.
  std::string target_;      // What is replaced, behind symbolic links.
  std::string temporary_;   // Empty: written in place.
  int file_ = -1;
  bool flushed_ = false;
};

// Writes a whole file. Throws InputError.
void WriteFile(const std::string& path, std::string_view bytes);

// What is written when `path` is: the end of its symbolic links, whether it is there or not.
std::string BehindLinks(const std::string& path);

}  // namespace earshot::host
