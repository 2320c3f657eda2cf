// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/terminal_text.h"

#include <gtest/gtest.h>

namespace earshot::host {
namespace {

TEST(TerminalTextTest, OrdinaryTextStaysAsItIs) {
  EXPECT_EQ(Printable("Mikrofon für 2 €", true), "Mikrofon für 2 €");
  EXPECT_EQ(Columns("Mikrofon für 2 €"), 16);
}

TEST(TerminalTextTest, TerminalsAreNotToldWhatToDo) {
  EXPECT_EQ(Printable("a\033[2Jb\nc\x7F", true), "a [2Jb c ");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "b",
                      true),
            "a b");  // CSI as one character.
  EXPECT_EQ(Printable("a\xE2\x80\xAE"
                      "b",
                      true),
            "a\xEF\xBF\xBD"
            "b");  // Right to left from here on.
}

TEST(TerminalTextTest, WhatIsNotUtf8IsReplaced) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(Printable("f\xFCr", true), "f" + replaced + "r");
  EXPECT_EQ(Printable("\xC0\x80", true), replaced + replaced);                 // Too long.
  EXPECT_EQ(Printable("\xED\xA0\x80", true), replaced + replaced + replaced);  // A surrogate.
  EXPECT_EQ(Printable("a\xE2\x82", true), "a" + replaced + replaced);          // Cut short.
}

TEST(TerminalTextTest, AsciiHasQuestionMarks) { EXPECT_EQ(Printable("für 2 €", false), "f?r 2 ?"); }

TEST(TerminalTextTest, WideCharactersTakeTwoColumnsAndMarksNone) {
  EXPECT_EQ(Columns("はい"), 4);
  EXPECT_EQ(Columns("네"), 2);
  EXPECT_EQ(Columns("e\xCC\x81"), 1);
}

TEST(TerminalTextTest, LongTextEndsInAnEllipsis) {
  EXPECT_EQ(Fit("microphone", 10, true), "microphone");
  EXPECT_EQ(Fit("microphone", 9, true), "micropho…");
  EXPECT_EQ(Fit("microphone", 9, false), "microp...");
  EXPECT_EQ(Fit("microphone", 2, false), "mi");
  EXPECT_EQ(Fit("はいはい", 6, true), "はい…");
  EXPECT_EQ(Fit("microphone", 0, true), "");
}

TEST(TerminalLineTest, EndsWhereTheTerminalEnds) {
  TerminalLine line(8, {false, true});
  line.Add("はいx");
  EXPECT_EQ(line.left(), 3);
  line.Add("はい");  // Half a character cannot be shown.
  EXPECT_EQ(line.text(), "はいxは");
  line.AddRepeated("─", 5);
  EXPECT_EQ(line.text(), "はいxは─");
  line.Add("more");
  EXPECT_EQ(line.text(), "はいxは─");
}

TEST(VisibleTest, TellsWhatATerminalWouldObey) {
  EXPECT_EQ(Visible("plain text, \\ and \xC3\xA9 \xE3\x81\xAF \xF0\x9F\x98\x80"),
            "plain text, \\ and \xC3\xA9 \xE3\x81\xAF \xF0\x9F\x98\x80");
  EXPECT_EQ(Visible("\033[2J\a\b\x7F"), "\\x1b[2J\\x07\\x08\\x7f");
  EXPECT_EQ(Visible("a\nyes 0.99\r\tb"), "a\\nyes 0.99\\r\\tb");
  EXPECT_EQ(Visible(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(Visible("\xC2\x9B"
                    "31m\xC2\x85"),
            "\\u009b31m\\u0085");  // C1, as UTF-8 ...
  EXPECT_EQ(Visible("\x9B"
                    "31m"),
            "\\x9b31m");  // ... and as a byte.
  EXPECT_EQ(Visible("\xE2\x80\xAE"
                    "gpj.exe"),
            "\\u202egpj.exe");                    // Right to left.
  EXPECT_EQ(Visible("\xE2\x80\xA8"), "\\u2028");  // A line's end.
  EXPECT_EQ(Visible("\xFF\xC3(\xED\xA0\x80"), "\\xff\\xc3(\\xed\\xa0\\x80");
  EXPECT_EQ(Visible("\xEF\xBF\xBD"), "\xEF\xBF\xBD");  // A replacement that stood there before.
}

TEST(TerminalLineTest, ColumnsAreFilledOrShortened) {
  TerminalLine line(20, {false, true});
  line.AddColumn("no", 4);
  line.AddColumn("unknown", 5);
  EXPECT_EQ(line.text(), "no  unkn…");
}

TEST(TerminalLineTest, InkIsForColour) {
  TerminalLine plain(9, {false, true});
  plain.Add("CLIP", Ink::kAlert);
  EXPECT_EQ(plain.text(), "CLIP");
  TerminalLine coloured(9, {true, true});
  coloured.Add("CLIP", Ink::kAlert);
  EXPECT_EQ(coloured.text(), "\033[1;31mCLIP\033[0m");
  EXPECT_EQ(coloured.left(), 5);
}

}  // namespace
}  // namespace earshot::host
