// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/commands/model_options.h"

#include "models/manifest.h"

namespace earshot::host {

void AddModelOptions(CLI::App* app, ModelChoice* choice) {
  app->add_option("--model", choice->model, "A .tflite file, or the name of a shipped model")
      ->type_name("MODEL")
      ->capture_default_str();
  AddManifestOptions(app, choice);
}

void AddManifestOptions(CLI::App* app, ModelChoice* choice) {
  CLI::Option* manifest =
      app->add_option("--manifest", choice->manifest,
                      "The model's manifest, if it is not manifest.json beside the model")
          ->type_name("FILE");
  app->add_option("--labels", choice->labels,
                  "Names of the model's outputs, in its order, for a model without a manifest")
      ->type_name("A,B")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->excludes(manifest);
  app->add_option("--strides-per-inference", choice->strides_per_inference,
                  "Ask the model only every N strides, as a slower device may; the manifest's "
                  "number otherwise")
      ->check(CLI::Range(1, kMostStridesPerInference).description(""))
      ->type_name("N");
}

}  // namespace earshot::host
