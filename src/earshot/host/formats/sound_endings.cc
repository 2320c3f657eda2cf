// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_endings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>

namespace earshot::host {
namespace {

struct Endings {
  SoundEnding meaning;
  std::string_view names;  // Each between blanks.
};

constexpr std::array kEndings = {
    Endings{
        SoundEnding::kRecording,
        " .16sv .8svx .aif .aifc .aiff .au .avr .bw64 .bwf .caf .fap .flac .ircam .mp1 .mp2 "
        ".mp3 .mpa .mpga .nist .oga .ogg .opus .paf .pvf .rf64 .sds .snd .sox .sph .svx .voc .w64 "
        ".wav .wave .wve "},
    Endings{SoundEnding::kUndecoded,
            " .3g2 .3ga .3gp .aac .aax .ac3 .ac4 .adts .amr .ape .asf .avi .awb .dff .dsf .dtshd "
            ".ec3 .eac3 .f4a .f4v .flv .gsm .latm .m4a .m4b .m4p .m4r .m4v .mka .mkv .mlp .mov "
            ".mp+ .mp4 .mpc .mpeg .mpg .mpp .nut .ofr .ogv .oma .pcm .qcp .ra .raw .rm .rmvb .sd2 "
            ".shn .spx .tak .thd .tta .vob .vox .vqf .weba .webm .wma .wmv .wv .xwma "},
    // Sources of devices (.dts) and programs (.ts, .mts), signatures (.sf), matrices, pictures.
    Endings{SoundEnding::kMaybeSound,
            " .amb .dts .htk .iff .m2ts .mat .mat4 .mat5 .mogg .mts .ogx .sf .ts .xi "}};

}  // namespace

SoundEnding SoundEndingOf(const std::string& path) {
  const std::string name = " " + LoweredEnding(path) + " ";
  const auto* found =
      std::find_if(kEndings.begin(), kEndings.end(), [&name](const Endings& endings) {
        return endings.names.find(name) != std::string_view::npos;
      });
  return found == kEndings.end() ? SoundEnding::kOther : found->meaning;
}

std::string LoweredEnding(const std::string& path) {
  std::string ending = std::filesystem::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return ending;
}

}  // namespace earshot::host
