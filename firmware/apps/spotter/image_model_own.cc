// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For whoever builds the image with another model (EARSHOT_OWN_MODEL).

#include "firmware/apps/spotter/image_model.h"

namespace earshot {

const EmbeddedModel* ImageModel() { return &kOwnModel; }

OperatorResolver ImageOperators() { return kOwnModel.resolver; }

}  // namespace earshot
