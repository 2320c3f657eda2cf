// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/style.h"

namespace earshot::host {

// Colours of series after M. Okabe and K. Ito, "Color universal design" (2002), darkened or
// lightened so that they stand out from either background.
const char kReportStyle[] = R"(
:root { color-scheme: light dark;
  --page: #f6f5f2; --card: #ffffff; --ink: #1c2230; --soft: #5a6371; --line: #dcdfe4;
  --good: #14713f; --bad: #b3261e; --late: #8f5b00; --heat: 0 74 140;
  --wrongheat: 196 62 30; --word: rgb(20 30 60 / .10); --keyword: rgb(0 98 180 / .20);
  --s0: #0062b4; --s1: #c2410c; --s2: #00795a; --s3: #a4387e; --s4: #8a6a00; --s5: #2a86b8;
  --s6: #5b4bb5; --s7: #4b5563; }
@media (prefers-color-scheme: dark) { :root {
  --page: #11151b; --card: #191f28; --ink: #e7eaf0; --soft: #a0a9b8; --line: #323b49;
  --good: #57cc8a; --bad: #ff8a80; --late: #f2b84b; --heat: 60 150 240;
  --wrongheat: 240 110 80; --word: rgb(200 215 255 / .13); --keyword: rgb(80 170 255 / .24);
  --s0: #5cb0ff; --s1: #ff9a5c; --s2: #3fd0a2; --s3: #f08fcb; --s4: #e6c34a; --s5: #8fd3f4;
  --s6: #b3a6ff; --s7: #b6bfcc; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem clamp(.75rem, 3vw, 2.5rem) 4rem;
  background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.7rem; margin: .5rem 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .5rem; padding-bottom: .3rem;
  border-bottom: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .5rem; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1.1rem 0 .4rem; overflow-wrap: anywhere; }
p { margin: .35rem 0; max-width: 70ch; }
small, .path, caption, summary { font-size: .82rem; }
small, .path, caption, .lead { color: var(--soft); }
b { font-variant-numeric: tabular-nums; }
nav { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; margin-top: .75rem; }
a { color: var(--s0); }
code { font: .85em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
.card, .scroll > .figures { background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; }
.card { padding: 1rem 1.1rem; margin: 0; min-width: 0; }
.card > :first-child { margin-top: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
caption { text-align: left; caption-side: bottom; padding-top: .4rem; }
.figures { border-collapse: separate; border-spacing: 0; min-width: min(100%, 36rem); }
.figures th { font-weight: 600; min-width: 17rem; }
.figures thead th { min-width: 11rem; }
.figures th small { font-weight: 400; }
.figures td b { font-size: 1.1rem; }
.figures td b + small { white-space: nowrap; }
#det .card { max-width: 60rem; }
.figures .part th { font-size: .78rem; text-transform: uppercase; letter-spacing: .06em;
  color: var(--soft); padding-top: .9rem; }
.figures tbody tr:last-child > * { border-bottom: 0; }
.confusion td, .confusion th { border: 0; padding: .4rem .65rem; text-align: center; }
.confusion th[scope=row] { text-align: right; }
.cell { border-radius: .35rem; background-clip: padding-box; border: 1px solid transparent;
  min-width: 3rem; }
.cell.right { background-color: rgb(var(--heat) / calc(var(--share) * .9)); }
.cell.not { background-color: rgb(var(--wrongheat) / calc(var(--share) * .95)); }
.cell.deep { color: #fff; font-weight: 600; }
.faint, .sum { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); }
.side-by-side { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
.cards { display: grid; gap: .8rem; margin-top: .8rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 15.5rem), 1fr)); }
.explanations { display: grid; gap: 1rem; margin-top: .6rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 34rem), 1fr)); }
.clip h3 { margin-bottom: .4rem; }
.clip img { width: 100%; height: 5.5rem; border-radius: .35rem; display: block;
  object-fit: fill; image-rendering: pixelated; }
audio { width: 100%; height: 2.2rem; margin-top: .5rem; }
.answers { list-style: none; margin: .5rem 0; padding: 0; font-size: .9rem; }
.path { overflow-wrap: anywhere; margin: .3rem 0 0; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; padding: 0;
  margin: .5rem 0; font-size: .85rem; color: var(--soft); }
.key { display: inline-block; width: .8em; height: .8em; border-radius: .2em;
  margin-right: .45em; background: currentColor; }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .8rem;
  border: 1.5px solid currentColor; margin-right: .2rem; }
.badge.hit, .key.hit { color: var(--good); } .badge.miss, .key.miss { color: var(--bad); }
.badge.late, .key.late { color: var(--late); } .badge.wrong, .key.wrong { color: var(--s3); }
.badge.false_accept, .key.false_accept { color: var(--s1); } .key.other { color: var(--soft); opacity: .5; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--soft); }
.strips svg { margin-bottom: .5rem; }
svg { width: 100%; height: auto; display: block; overflow: visible; }
svg text { fill: var(--ink); font-size: 12px; font-family: inherit; }
svg .tick { fill: var(--soft); font-size: 11px; }
svg .middle { text-anchor: middle; } svg .right { text-anchor: end; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg image { image-rendering: pixelated; }
svg .curve { fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linejoin: round; }
svg .thin { stroke-width: 1; opacity: .55; }
svg .dot { fill: currentColor; }
svg .ring { fill: var(--card); stroke: currentColor; stroke-width: 3; }
svg .whisker { stroke: var(--ink); stroke-width: 1.4; }
svg .recall { fill: var(--s0); } svg .precision { fill: var(--s2); opacity: .8; }
.key.recall { color: var(--s0); } .key.precision { color: var(--s2); }
svg .word { fill: var(--word); } svg .keyword { fill: var(--keyword); }
svg .bar { fill: var(--soft); } svg .keyword.bar { fill: var(--s0); }
svg .threshold { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 4; }
svg .over { stroke: #fff; stroke-width: 1.5; stroke-dasharray: 4 2; }
svg .announced { stroke-width: 2; stroke: var(--good); }
svg .announced.false_accept { stroke: var(--s1); } svg .announced.late { stroke: var(--late); }
svg .announced.wrong { stroke: var(--s3); }
svg .announcement { font-weight: 600; paint-order: stroke; stroke: var(--card);
  stroke-width: 3px; }
svg .strip { fill: var(--line); }
svg .event.hit { fill: var(--good); } svg .event.miss { fill: var(--bad); }
svg .event.late { fill: var(--late); } svg .event.wrong { fill: var(--s3); }
svg .event.false_accept { fill: var(--s1); } svg .event.other { fill: var(--soft); opacity: .5; }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); }
.s3 { color: var(--s3); } .s4 { color: var(--s4); } .s5 { color: var(--s5); }
.s6 { color: var(--s6); } .s7 { color: var(--s7); }
#det .curve.s1 { stroke-dasharray: 9 3; } #det .curve.s2 { stroke-dasharray: 3 3; }
#det .curve.s3 { stroke-dasharray: 12 3 3 3; } #det .curve.s4 { stroke-dasharray: 6 6; }
@media (max-width: 40rem) { #det .card, .explanation, .strips { overflow-x: auto; }
  #det svg, .explanation svg, .strips svg { min-width: 34rem; } }
@media print { body { max-width: none; } .card { break-inside: avoid; } audio { display: none; } }
)";

}  // namespace earshot::host
