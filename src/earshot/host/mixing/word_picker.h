// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// WordPicker: which word comes next.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/mixing/deck.h"
#include "earshot/host/mixing/random.h"

namespace earshot::host {

class WordPicker {
 public:
  // `keyword_share` (0 to 1) of the words are keywords, each keyword as often as any other; the
  // rest are all other clips, each as likely. Without `keywords`, every label is one. Within a
  // label (and within the rest), each clip comes once before any comes again. Names are compared by
  // IsSameName(), and clips get their keyword's spelling. Clips of silence that are no keyword are
  // passed over. Throws InputError when there are no clips of a keyword, or none at all.
  WordPicker(std::vector<LabelledClip> clips, const std::vector<std::string>& keywords,
             double keyword_share, uint64_t seed);

  // From now on Next() gives each keyword clip once and as many others as the share wants (each at
  // most once), in random order, and then ends.
  void EachOnce();

  // False: that was all.
  bool Next(LabelledClip* clip);

  // The last clip was unreadable: it does not come again.
  void DropLast();

  bool IsKeyword(const std::string& label) const;
  const std::vector<std::string>& keywords() const { return keywords_; }

 private:
  Deck<LabelledClip>* PickDeck();

  std::vector<std::string> keywords_;
  int64_t share_ppm_;  // Of keywords, in millionths: the choice is made in integers.
  Random random_;
  std::vector<Deck<LabelledClip>> decks_;  // One per keyword.
  Deck<LabelledClip> others_;
  Deck<LabelledClip>* last_ = nullptr;
  bool each_once_ = false;
  std::vector<LabelledClip> order_;  // With EachOnce(): what is still to come, the next one last.
};

}  // namespace earshot::host
