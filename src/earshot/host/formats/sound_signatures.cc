// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_signatures.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "earshot/host/files/plain_text.h"

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
    Signature{29, "FLAC"sv, "an Ogg FLAC file", Use::kSound},
    Signature{0, "OggS"sv, "an Ogg file", Use::kDecoded},
    Signature{0, "RIFX"sv, "a RIFX file", Use::kDecoded},
    Signature{0, "RF64"sv, "an RF64 file", Use::kDecoded},
    Signature{0, "BW64"sv, "a BW64 file", Use::kDecoded},
    Signature{8, "AVI "sv, "an AVI file", Use::kSound},
    Signature{8, "WEBP"sv, "a WebP picture", Use::kOther},
    Signature{8, "WAVE"sv, "a WAV file", Use::kDecoded},
    Signature{8, "QLCM"sv, "a QCP file", Use::kSound},
    Signature{0, "RIFF"sv, "a RIFF file that is no WAV file", Use::kOther},
    Signature{0, "riff\x2E\x91\xCF\x11"sv, "a W64 file", Use::kDecoded},
    Signature{8, "AIFF"sv, "an AIFF file", Use::kDecoded},
    Signature{8, "AIFC"sv, "an AIFF file", Use::kDecoded},
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
    Signature{0, "ALawSoundFile**"sv, "a WVE file", Use::kDecoded},
    Signature{0, "Extended Instrument: "sv, "an XI file", Use::kDecoded},
    Signature{0, "\x64\xA3\1\0"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\x64\xA3\2\0"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\x64\xA3\3\0"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\x64\xA3\4\0"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\0\1\xA3\x64"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\0\2\xA3\x64"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\0\3\xA3\x64"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{0, "\0\4\xA3\x64"sv, "an IRCAM file (.sf)", Use::kDecoded},
    Signature{20, "samplerate\0"sv, "a MATLAB file (.mat)", Use::kDecoded},
    Signature{176, "samplerate\0"sv, "a MATLAB file (.mat)", Use::kDecoded},
    Signature{0, "MATLAB 5.0 MAT-file"sv, "a MATLAB file (.mat)", Use::kOther},
    Signature{0, ".SoX"sv, "a SoX file (.sox)", Use::kDecoded},
    Signature{0, "XoS."sv, "a SoX file (.sox)", Use::kDecoded},
    Signature{4, "ftypqt  "sv, "a QuickTime film (.mov)", Use::kSound},
    Signature{4, "ftyp3g"sv, "a 3GPP file (.3gp)", Use::kSound},
    Signature{4, "ftyp"sv, "an MPEG-4 file (.m4a, .mp4)", Use::kSound},
    Signature{4, "moov"sv, "a QuickTime film (.mov)", Use::kSound},
    Signature{4, "mdat"sv, "a QuickTime film (.mov)", Use::kSound},
    Signature{0, "nut/multimedia container"sv, "a NUT file", Use::kSound},
    Signature{0, "\x7F\xFE\x80\1"sv, "a DTS file", Use::kSound},
    Signature{0, "\xFE\x7F\1\x80"sv, "a DTS file", Use::kSound},
    Signature{0, "ajkg"sv, "a Shorten file (.shn)", Use::kSound},
    Signature{0, "tBaK"sv, "a TAK file", Use::kSound},
    Signature{0, ".ra\xFD"sv, "a RealAudio file (.ra)", Use::kSound},
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
    Signature{0, "FRM8"sv, "a DSD file (.dff)", Use::kSound},
    Signature{0, "MThd"sv, "a MIDI file", Use::kOther},
    Signature{0, "\x1F\x8B\x08\0"sv, "a gzip archive", Use::kOther},
    Signature{0, "\x1F\x8B\x08\x08"sv, "a gzip archive", Use::kOther},
    Signature{0, "PK\x03\x04"sv, "a ZIP archive", Use::kOther},
    Signature{4, "1AY&SY"sv, "a bzip2 archive", Use::kOther},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              "an xz archive", Use::kOther},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive", Use::kOther},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "a zstd archive", Use::kOther},
    Signature{0, "Rar!\x1A\7"sv, "a RAR archive", Use::kOther},
    Signature{257, "ustar"sv, "a tar archive", Use::kOther},
    Signature{0, "SQLite format 3\0"sv, "an SQLite database", Use::kOther},
    Signature{0, "HTTP/"sv, "a reply of HTTP with its headers", Use::kOther},
    Signature{0, "MIME-Version:"sv, "a message with MIME headers", Use::kOther},
    Signature{0, "Content-"sv, "a message with MIME headers", Use::kOther},
    Signature{0, "%PDF-"sv, "a PDF document", Use::kOther},
    Signature{0, "\x89PNG\r\n"sv, "a PNG picture", Use::kOther},
    Signature{0, "\xFF\xD8\xFF\xE0"sv, "a JPEG picture", Use::kOther},
    Signature{0, "\xFF\xD8\xFF\xE1"sv, "a JPEG picture", Use::kOther},
    Signature{0, "\xFF\xD8\xFF\xDB"sv, "a JPEG picture", Use::kOther},
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

// ---- Headers in which numbers must be as they can be --------------------------------------------

// HTK: the number of samples, the time between two of them in units of 100 ns, 2 bytes a sample, no
// parameters but the waveform. (S. Young et al., The HTK Book.)
bool IsHtk(Span<const uint8_t> bytes) {
  constexpr int kLeastPeriod = 10;
  constexpr int kMostPeriod = 10000;
  if (bytes.size() < 12) return false;
  const int period = bytes[6] << 8 | bytes[7];
  return bytes[0] == 0 && bytes[4] == 0 && bytes[5] == 0 && period >= kLeastPeriod &&
         period <= kMostPeriod && Fits({8, "\0\2\0\0"sv, "", Use::kDecoded}, bytes);
}

// Akai's MPC 2000: two bytes, then a name of 17, a level, a tuning, and whether there are two
// channels.
bool IsMpc2000(Span<const uint8_t> bytes) {
  constexpr int kMostLevel = 200;
  return bytes.size() >= 22 && bytes[0] == 1 && bytes[1] == 4 && IsUtf8Text(bytes.subspan(2, 17)) &&
         bytes[19] <= kMostLevel && bytes[21] <= 1;
}

// Program streams (ISO/IEC 11172-1 and 13818-1): a pack's header, the clock with its marker bits.
bool IsMpegFilm(Span<const uint8_t> bytes) {
  return bytes.size() > 4 && Fits({0, "\0\0\1\xBA"sv, "", Use::kSound}, bytes) &&
         ((bytes[4] & 0xC4) == 0x44 || (bytes[4] & 0xF1) == 0x21);
}

// MIDI sample dumps: a message of 21 bytes, then the first of many.
bool IsSampleDump(Span<const uint8_t> bytes) {
  return Fits({0, "\xF0\x7E"sv, "", Use::kDecoded}, bytes) &&
         Fits({20, "\xF7\xF0\x7E"sv, "", Use::kDecoded}, bytes);
}

}  // namespace

SoundKind KindBySignature(Span<const uint8_t> beginning) {
  for (const Signature& signature : kSignatures) {
    if (Fits(signature, beginning)) {
      return {signature.name, signature.use != Use::kOther, signature.use == Use::kDecoded};
    }
  }
  if (IsHtk(beginning)) return {"an HTK file", true, true};
  if (IsMpc2000(beginning)) return {"an MPC 2000 file", true, true};
  if (IsMpegFilm(beginning)) return {"an MPEG film (.mpg)", true, false};
  if (IsSampleDump(beginning)) return {"a MIDI sample dump file (.sds)", true, true};
  return {};
}

bool MayHaveSignature(Span<const uint8_t> beginning) {
  // Of those that show further on.
  constexpr std::array kFirst = {Signature{0, "\0\0\0\0\1\0\0\0\1\0\0\0"sv, "MAT4", Use::kDecoded},
                                 Signature{0, "\0\0\3\xE8\0\0\0\1"sv, "MAT4", Use::kDecoded},
                                 Signature{0, "\1\4"sv, "MPC 2000", Use::kDecoded},
                                 Signature{0, "\xF0\x7E"sv, "sample dump", Use::kDecoded}};
  const auto fits = [beginning](const Signature& signature) { return Fits(signature, beginning); };
  if (!KindBySignature(beginning).name.empty() || std::any_of(kFirst.begin(), kFirst.end(), fits)) {
    return true;
  }
  // Archives of tar begin with a name, filled up with bytes of 0.
  const auto* zero = std::find(beginning.begin(), beginning.end(), 0);
  const auto name = static_cast<size_t>(zero - beginning.begin());
  return IsUtf8Text(beginning.subspan(0, name)) &&
         std::all_of(zero, beginning.end(), [](uint8_t byte) { return byte == 0; });
}

}  // namespace earshot::host
