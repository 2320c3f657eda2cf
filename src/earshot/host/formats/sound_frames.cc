// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_frames.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace earshot::host {
namespace {

// So many bytes of a frame are looked at.
constexpr size_t kFrameHeaderBytes = 6;

// ADTS (ISO/IEC 13818-7).
size_t AdtsFrameBytes(const uint8_t* header) {
  if (header[0] != 0xFF || (header[1] & 0xF6) != 0xF0) return 0;
  if ((header[2] >> 2 & 15) > 12) return 0;  // The sample rate's index.
  const int bytes = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5;
  return bytes < 7 ? 0 : static_cast<size_t>(bytes);
}

// AC-3 and E-AC-3 (ATSC A/52).
size_t Ac3FrameBytes(const uint8_t* header) {
  if (header[0] != 0x0B || header[1] != 0x77) return 0;
  const int version = header[5] >> 3;
  if (version > 16) return 0;
  if (version > 10) return 2 * static_cast<size_t>(((header[2] & 7) << 8 | header[3]) + 1);
  constexpr std::array<size_t, 19> kRates = {32,  40,  48,  56,  64,  80,  96,  112, 128, 160,
                                             192, 224, 256, 320, 384, 448, 512, 576, 640};
  const size_t rate = header[4] >> 1 & 31;
  if (rate >= kRates.size()) return 0;
  const size_t odd = header[4] & 1;
  switch (header[4] >> 6) {
    case 0:
      return 4 * kRates[rate];
    case 1:
      return 2 * (kRates[rate] * 320 / 147 + odd);
    case 2:
      return 6 * kRates[rate];
    default:
      return 0;
  }
}

using FrameBytes = size_t (*)(const uint8_t*);

bool IsAlikeMpeg(const uint8_t* first, const uint8_t* second) {
  return first[1] == second[1] && (first[2] & 0x0C) == (second[2] & 0x0C);
}

bool IsAlikeAc3(const uint8_t* first, const uint8_t* second) {
  return first[5] >> 3 == second[5] >> 3;
}

struct FrameChain {
  size_t count = 0;  // Of frames of one kind and sample rate that follow one another.
  bool to_end = true;
  size_t first_bytes = 0;
};

FrameChain FollowFrames(Span<const uint8_t> bytes, FrameBytes frame_bytes,
                        bool (*is_alike)(const uint8_t*, const uint8_t*)) {
  FrameChain chain;
  for (size_t begin = 0; begin + kFrameHeaderBytes <= bytes.size(); ++chain.count) {
    const uint8_t* header = bytes.data() + begin;
    const size_t size = frame_bytes(header);
    if (size == 0 || !is_alike(bytes.data(), header)) {
      chain.to_end = false;
      break;
    }
    if (begin == 0) chain.first_bytes = size;
    begin += size;
  }
  return chain;
}

// How often neighbouring samples are as far from each other as those of noise at full scale, which
// compressed data are when they are taken for samples.
size_t CountFarSteps(Span<const uint8_t> bytes) {
  constexpr int kFar = 8192;
  const auto sample = [bytes](size_t i) {
    return static_cast<int16_t>(bytes[i] | bytes[i + 1] << 8);
  };
  size_t count = 0;
  for (size_t i = 0; i + 4 <= bytes.size(); i += 2) {
    count += std::abs(sample(i) - sample(i + 2)) > kFar ? 1 : 0;
  }
  return count;
}

// Whether it looks like compressed data and not like samples, but for very loud noise.
bool IsRough(Span<const uint8_t> bytes) { return CountFarSteps(bytes) > bytes.size() / 16; }

// Tones that repeat to the sample, or a single value, would be frames that are all the same.
bool Differ(Span<const uint8_t> bytes, size_t distance) {
  const size_t size = std::min(distance, bytes.size() - distance);
  return !std::equal(bytes.begin(), bytes.begin() + size, bytes.begin() + distance);
}

// ---- MPEG audio that does not begin with a frame, or whose frames do not tell their length ------

bool IsLayer1(const uint8_t* header) { return (header[1] & 6) == 6; }

bool BeginsWithinFrame(Span<const uint8_t> bytes) {
  constexpr size_t kFewest = 3;
  for (size_t i = 1; i + kFrameHeaderBytes <= bytes.size(); ++i) {
    const size_t size = MpegFrameBytes(bytes.data() + i);
    if (size == 0 || IsLayer1(bytes.data() + i)) continue;
    const Span<const uint8_t> rest = bytes.subspan(i);
    const FrameChain chain = FollowFrames(rest, MpegFrameBytes, IsAlikeMpeg);
    if (chain.to_end && chain.count >= kFewest && IsRough(rest) && Differ(rest, size)) return true;
  }
  return false;
}

bool IsFreeHeader(const uint8_t* header) {
  const std::array<uint8_t, 4> with_rate = {header[0], header[1],
                                            static_cast<uint8_t>(header[2] | 0x10), header[3]};
  return header[2] >> 4 == 0 && MpegFrameBytes(with_rate.data()) != 0 && !IsLayer1(header);
}

// Frames of a free bit rate: the next begins where the same header is again, and so on, but that
// each may be padded by a byte.
bool IsFreeMpeg(Span<const uint8_t> bytes) {
  constexpr size_t kShortest = 96;
  const auto is_next = [bytes](size_t at) {
    if (at + kFrameHeaderBytes > bytes.size()) return false;
    const uint8_t* next = bytes.data() + at;
    return IsFreeHeader(next) && IsAlikeMpeg(bytes.data(), next) &&
           (next[3] & 0xCF) == (bytes[3] & 0xCF);
  };
  if (!is_next(0) || !IsRough(bytes)) return false;
  size_t size = kShortest;
  while (size < bytes.size() && !is_next(size)) ++size;
  if (size >= bytes.size() || !Differ(bytes, size)) return false;
  for (size_t at = size; at + size + kFrameHeaderBytes < bytes.size();) {
    at += size - 1;
    for (int tries = 0; tries < 3 && !is_next(at); ++tries) ++at;
    if (!is_next(at)) return false;
  }
  return true;
}

// ---- MPEG transport streams (ISO/IEC 13818-1): packets that begin with 0x47 ---------------------

constexpr uint8_t kPacketSync = 0x47;
constexpr size_t kTimeBytes = 4;  // Before each packet, in files of cameras and discs.

bool AreTransportPackets(Span<const uint8_t> bytes, size_t packet_bytes) {
  constexpr size_t kFewest = 3;
  size_t count = 0;
  for (size_t i = 0; i + 4 <= bytes.size(); i += packet_bytes, ++count) {
    const bool is_damaged = (bytes[i + 1] & 0x80) != 0;
    const bool is_empty = (bytes[i + 3] & 0x30) == 0;
    if (bytes[i] != kPacketSync || is_damaged || is_empty) return false;
  }
  return count >= kFewest && Differ(bytes, packet_bytes) &&
         Differ(bytes.subspan(0, packet_bytes), 2);
}

bool IsTransportStream(Span<const uint8_t> bytes) {
  constexpr size_t kPacketBytes = 188;
  return AreTransportPackets(bytes, kPacketBytes) ||
         (bytes.size() > kTimeBytes &&
          AreTransportPackets(bytes.subspan(kTimeBytes), kPacketBytes + kTimeBytes));
}

}  // namespace

size_t MpegFrameBytes(const uint8_t* header) {
  if (header[0] != 0xFF || (header[1] & 0xE0) != 0xE0) return 0;
  const int version = header[1] >> 3 & 3;  // 0: 2.5, 1: none, 2: 2, 3: 1.
  const int layer = 4 - (header[1] >> 1 & 3);
  const int bitrate = header[2] >> 4;
  const int rate = header[2] >> 2 & 3;
  if (version == 1 || layer == 4 || bitrate == 0 || bitrate == 15 || rate == 3) return 0;
  // kbit/s; ISO/IEC 11172-3 and 13818-3.
  constexpr std::array<std::array<int, 14>, 5> kRates = {
      {{32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
       {32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
       {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
       {32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
       {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}}};
  constexpr std::array<int, 3> kSampleRates = {44100, 48000, 32000};
  const bool is_first = version == 3;
  const auto row = static_cast<size_t>(is_first ? layer - 1 : (layer == 1 ? 3 : 4));
  const int bits = 1000 * kRates[row][static_cast<size_t>(bitrate - 1)];
  const int hz = kSampleRates[static_cast<size_t>(rate)] / (is_first ? 1 : (version == 2 ? 2 : 4));
  const int padding = header[2] >> 1 & 1;
  const int slots = layer == 1 ? 12 : (layer == 3 && !is_first ? 72 : 144);
  const int size = (slots * bits / hz + padding) * (layer == 1 ? 4 : 1);
  return static_cast<size_t>(size);
}

SoundKind KindByFrames(Span<const uint8_t> beginning) {
  constexpr size_t kFewest = 2;
  constexpr size_t kFewestOfLayer1 = 4;  // Quiet noise has two now and then.
  // Silence may be coded in frames that are all the same; it is not rough.
  const bool is_rough = IsRough(beginning);
  const auto are_frames = [&](const FrameChain& chain) {
    return chain.count >= kFewest &&
           (is_rough ? Differ(beginning, chain.first_bytes) : chain.to_end);
  };
  const FrameChain mpeg = FollowFrames(beginning, MpegFrameBytes, IsAlikeMpeg);
  const bool is_layer1 = mpeg.count > 0 && IsLayer1(beginning.data());
  if (are_frames(mpeg) &&
      (!is_layer1 || (mpeg.count >= kFewestOfLayer1 && Differ(beginning, mpeg.first_bytes)))) {
    return {"an MP3 file", true, true};
  }
  if (are_frames(FollowFrames(beginning, AdtsFrameBytes, IsAlikeMpeg))) {
    return {"an AAC file", true, false};
  }
  const FrameChain ac3 = FollowFrames(beginning, Ac3FrameBytes, IsAlikeAc3);
  if (are_frames(ac3) && Differ(beginning, 2)) {
    return {"an AC-3 file", true, false};
  }
  if (IsTransportStream(beginning)) return {"an MPEG transport stream (.ts)", true, false};
  if (IsFreeMpeg(beginning)) return {"an MP3 file of a free bit rate", true, true};
  if (BeginsWithinFrame(beginning)) return {"an MP3 file that begins within a frame", true, false};
  return {};
}

bool MayBeFrames(Span<const uint8_t> beginning) {
  const uint8_t* header = beginning.data();
  return MpegFrameBytes(header) != 0 || AdtsFrameBytes(header) != 0 || Ac3FrameBytes(header) != 0 ||
         IsFreeHeader(header) || header[0] == kPacketSync || header[kTimeBytes] == kPacketSync ||
         CountFarSteps(beginning) > 0;
}

}  // namespace earshot::host
