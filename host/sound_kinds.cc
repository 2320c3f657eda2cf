// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/sound_kinds.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace earshot::host {
namespace {

// clang-tidy does not see that it is used.
using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls)

enum class Use { kDecoded, kSound, kOther };

struct Signature {
  size_t offset;
  std::string_view bytes;
  const char* name;
  Use use;
};

// In order: of several that fit the first counts.
constexpr std::array kSignatures = {
    Signature{0, "fLaC"sv, "a FLAC file", Use::kDecoded},
    Signature{28, "OpusHead"sv, "an Ogg Opus file", Use::kDecoded},
    Signature{29, "vorbis"sv, "an Ogg Vorbis file", Use::kDecoded},
    Signature{28, "Speex"sv, "an Ogg Speex file", Use::kSound},
    Signature{0, "OggS"sv, "an Ogg file", Use::kDecoded},
    Signature{0, "RIFX"sv, "a RIFX file", Use::kDecoded},
    Signature{0, "RF64"sv, "an RF64 file", Use::kDecoded},
    Signature{0, "BW64"sv, "a BW64 file", Use::kDecoded},
    Signature{8, "AVI "sv, "an AVI file", Use::kSound},
    Signature{8, "WEBP"sv, "a WebP picture", Use::kOther},
    Signature{8, "WAVE"sv, "a WAV file", Use::kDecoded},
    Signature{0, "RIFF"sv, "a RIFF file that is no WAV file", Use::kOther},
    Signature{0, "riff\x2E\x91\xCF\x11"sv, "a W64 file", Use::kDecoded},
    Signature{8, "AIF"sv, "an AIFF file", Use::kDecoded},
    Signature{8, "8SVX"sv, "an IFF file", Use::kDecoded},
    Signature{8, "16SV"sv, "an IFF file", Use::kDecoded},
    Signature{0, "FORM"sv, "an IFF file that is no sound", Use::kOther},
    Signature{0, "caff\0"sv, "a CAF file", Use::kDecoded},
    Signature{0, ".snd"sv, "an AU file", Use::kDecoded},
    Signature{0, "dns."sv, "an AU file", Use::kDecoded},
    Signature{0, "ID3\x02"sv, "an MP3 file", Use::kDecoded},
    Signature{0, "ID3\x03"sv, "an MP3 file", Use::kDecoded},
    Signature{0, "ID3\x04"sv, "an MP3 file", Use::kDecoded},
    Signature{0, "NIST_1A"sv, "a NIST SPHERE file", Use::kDecoded},
    Signature{0, "Creative Voice File"sv, "a VOC file", Use::kDecoded},
    Signature{0, "2BIT"sv, "an AVR file", Use::kDecoded},
    Signature{0, "PVF1"sv, "a PVF file", Use::kDecoded},
    Signature{0, " paf"sv, "a PAF file", Use::kDecoded},
    Signature{0, "fap "sv, "a PAF file", Use::kDecoded},
    Signature{4, "ftypqt  "sv, "a QuickTime film (.mov)", Use::kSound},
    Signature{4, "ftyp3g"sv, "a 3GPP file (.3gp)", Use::kSound},
    Signature{4, "ftyp"sv, "an MPEG-4 file (.m4a, .mp4)", Use::kSound},
    Signature{0, "\x1A\x45\xDF\xA3"sv, "a Matroska or WebM file (.mka, .webm)", Use::kSound},
    Signature{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv, "a Windows Media file (.wma)", Use::kSound},
    Signature{0, "#!AMR"sv, "an AMR file", Use::kSound},
    Signature{0, "#!SILK"sv, "a SILK file", Use::kSound},
    Signature{1, "#!SILK"sv, "a SILK file", Use::kSound},
    Signature{0, "MAC "sv, "a Monkey's Audio file (.ape)", Use::kSound},
    Signature{0, "wvpk"sv, "a WavPack file (.wv)", Use::kSound},
    Signature{0, "TTA1"sv, "a True Audio file (.tta)", Use::kSound},
    Signature{0, "MPCK"sv, "a Musepack file (.mpc)", Use::kSound},
    Signature{0, "MP+\x07"sv, "a Musepack file (.mpc)", Use::kSound},
    Signature{0, "FLV\x01"sv, "a Flash video", Use::kSound},
    Signature{0, "ADIF"sv, "an AAC file", Use::kSound},
    Signature{0, ".RMF"sv, "a RealMedia file", Use::kSound},
    Signature{0, "DSD "sv, "a DSD file (.dsf)", Use::kSound},
    Signature{0, "MThd"sv, "a MIDI file", Use::kOther},
    Signature{0, "\x1F\x8B\x08"sv, "a gzip archive", Use::kOther},
    Signature{0, "PK\x03\x04"sv, "a ZIP archive", Use::kOther},
    Signature{0, "BZh"sv, "a bzip2 archive", Use::kOther},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              "an xz archive", Use::kOther},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive", Use::kOther},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "a zstd archive", Use::kOther},
    Signature{0, "%PDF-"sv, "a PDF document", Use::kOther},
    Signature{0, "\x89PNG\r\n"sv, "a PNG picture", Use::kOther},
    Signature{0, "\xFF\xD8\xFF\xE0"sv, "a JPEG picture", Use::kOther},
    Signature{0, "\xFF\xD8\xFF\xE1"sv, "a JPEG picture", Use::kOther},
    Signature{0, "GIF8"sv, "a GIF picture", Use::kOther},
    Signature{0,
              "\x7F"
              "ELF"sv,
              "a program", Use::kOther},
    Signature{0, "\x93NUMPY"sv, "a NumPy file (.npy)", Use::kOther},
    Signature{4, "TFL3"sv, "a .tflite model", Use::kOther},
};

bool Fits(const Signature& signature, Span<const uint8_t> beginning) {
  if (beginning.size() < signature.offset + signature.bytes.size()) return false;
  return std::equal(signature.bytes.begin(), signature.bytes.end(),
                    beginning.begin() + signature.offset,
                    [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// ---- Frames of MPEG audio and of AAC in ADTS, which begin with no name
// ---------------------------

size_t AdtsFrameBytes(const uint8_t* header) {
  if (header[0] != 0xFF || (header[1] & 0xF6) != 0xF0) return 0;
  if ((header[2] >> 2 & 15) > 12) return 0;  // The sample rate's index.
  const int bytes = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5;
  return bytes < 7 ? 0 : static_cast<size_t>(bytes);
}

// Whether there are two frames, one behind the other, of the same kind and sample rate.
bool IsTwoFrames(Span<const uint8_t> beginning, size_t (*frame_bytes)(const uint8_t*)) {
  constexpr size_t kHeaderBytes = 6;
  if (beginning.size() < kHeaderBytes) return false;
  const size_t bytes = frame_bytes(beginning.data());
  if (bytes == 0 || beginning.size() < bytes + kHeaderBytes) return false;
  const uint8_t* first = beginning.data();
  const uint8_t* second = first + bytes;
  return frame_bytes(second) != 0 && first[1] == second[1] &&
         (first[2] & 0x0C) == (second[2] & 0x0C);
}

// ---- Text ---------------------------------------------------------------------------------------

constexpr size_t kTextBytes = 512;  // So many of nothing but text are no sound.
constexpr size_t kQuotedBytes = 24;

// Whether it is printable ASCII, white space, and UTF-8 of more bytes than one, the last of which
// may be cut.
bool IsText(Span<const uint8_t> bytes) {
  size_t following = 0;  // Bytes that the letter still needs.
  for (const uint8_t byte : bytes) {
    const bool follows = (byte & 0xC0) == 0x80;
    if (follows != (following > 0)) return false;
    if (follows) {
      --following;
    } else if (byte >= 0xC2 && byte <= 0xF4) {
      following = byte >= 0xF0 ? 3 : (byte >= 0xE0 ? 2 : 1);
    } else if (byte > '~' || (byte < ' ' && (byte < '\t' || byte > '\r'))) {
      return false;
    }
  }
  return !bytes.empty();
}

std::string Quote(Span<const uint8_t> text) {
  std::string quote;
  for (const uint8_t byte : text) {
    if (quote.size() == kQuotedBytes) return quote + "...";
    quote += byte >= ' ' && byte <= '~' ? static_cast<char>(byte) : ' ';
  }
  return quote;
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

std::string SoundKind::Format() const {
  const size_t begin = name.find(' ') + 1;
  return name.substr(begin, name.find(" file") - begin);
}

SoundKind KindOf(Span<const uint8_t> beginning) {
  for (const Signature& signature : kSignatures) {
    if (Fits(signature, beginning)) {
      return {signature.name, signature.use != Use::kOther, signature.use == Use::kDecoded};
    }
  }
  if (IsTwoFrames(beginning, MpegFrameBytes)) return {"an MP3 file", true, true};
  if (IsTwoFrames(beginning, AdtsFrameBytes)) return {"an AAC file", true, false};
  const Span<const uint8_t> text = beginning.subspan(0, std::min(beginning.size(), kTextBytes));
  if (IsText(text)) return {"text that begins \"" + Quote(text) + "\"", false, false};
  return {};
}

bool MayBeKnown(Span<const uint8_t> beginning) {
  if (beginning.size() < kSurelyRaw || IsText(beginning) || MpegFrameBytes(beginning.data()) != 0 ||
      AdtsFrameBytes(beginning.data()) != 0) {
    return true;
  }
  return std::any_of(kSignatures.begin(), kSignatures.end(), [&](const Signature& signature) {
    return signature.offset + signature.bytes.size() <= kSurelyRaw && Fits(signature, beginning);
  });
}

}  // namespace earshot::host
