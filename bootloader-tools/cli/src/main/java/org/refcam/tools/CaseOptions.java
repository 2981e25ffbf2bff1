// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the book of cases is and what signs it: a picocli mixin. */
final class CaseOptions {
  @Mixin KeyOptions keys = new KeyOptions();

  @Option(
      names = "--cases",
      required = true,
      paramLabel = "DIR",
      description = "The signed book of cases; private, since it holds what is not fixed yet")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path directory;

  CaseStore open() throws IOException, TufException {
    return new CaseStore(directory, keys.open(), Clock.systemUTC());
  }
}
