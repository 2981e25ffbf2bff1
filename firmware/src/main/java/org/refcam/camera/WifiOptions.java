// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the camera has the say over a radio. Filled by picocli, then read only. */
final class WifiOptions {
  @Option(
      names = "--wifi-control",
      paramLabel = "DIR",
      description =
          "Control interface of a wpa_supplicant that is the camera's alone: its networks are"
              + " replaced by the owner's. Default: the camera leaves every radio alone")
  @Nullable Path control;

  Optional<Path> control() {
    return Optional.ofNullable(control);
  }
}
