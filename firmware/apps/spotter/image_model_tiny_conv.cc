// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/embedded/tiny_conv_yes_no.h"
#include "firmware/apps/spotter/image_model.h"

namespace earshot {

const EmbeddedModel* ImageModel() { return &kTinyConvYesNo; }

OperatorResolver ImageOperators() { return kTinyConvYesNo.resolver; }

}  // namespace earshot
