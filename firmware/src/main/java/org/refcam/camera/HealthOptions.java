// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the camera does about its own crashes. Filled by picocli, then read only. */
final class HealthOptions {
  @Option(
      names = "--safe-mode-after",
      paramLabel = "N",
      description =
          "After N starts in a row that crashed, start without pictures: page, update and erase alone."
              + " 0 never does. Default: ${DEFAULT-VALUE}")
  int safeModeAfter;

  @Option(
      names = "--jvm-error-file",
      paramLabel = "FILE",
      description = "What -XX:ErrorFile names: taken into the record of crashes, and deleted")
  @Nullable Path errorFile;

  Optional<Path> errorFile() {
    return Optional.ofNullable(errorFile);
  }
}
