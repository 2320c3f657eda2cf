// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/apps/spotter/image_model.h"
#include "models/tiny_conv_yes_no.h"

namespace earshot {

const EmbeddedModel* ImageModel() { return &kTinyConvYesNo; }

OperatorResolver ImageOperators() { return kTinyConvYesNo.resolver; }

}  // namespace earshot
