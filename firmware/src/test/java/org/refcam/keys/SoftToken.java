// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.refcam.crypto.Pkcs11Uri;

/**
 * A fresh token of Debian's SoftHSM2; skipped where it is not installed. The module reads its
 * configuration once in a process, so surefire names one directory for all tests.
 */
final class SoftToken {
  private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "246810";

  private SoftToken() {}

  /** Makes a token and returns its address. */
  static Pkcs11Uri create(Path directory) throws IOException, InterruptedException {
    String configuration = System.getenv("SOFTHSM2_CONF");
    Assumptions.assumeTrue(Files.isReadable(MODULE), "softhsm2 is missing");
    Path tokens = Path.of(configuration).resolveSibling("tokens");
    Files.createDirectories(tokens);
    Files.writeString(Path.of(configuration), "directories.tokendir = " + tokens + "\n");
    Process process =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                directory.toString(),
                "--pin",
                PIN,
                "--so-pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher slot = Pattern.compile("reassigned to slot (\\d+)").matcher(output);
    if (process.waitFor() != 0 || !slot.find()) {
      throw new IOException(output);
    }
    Path pin = directory.resolve("pin");
    Files.writeString(pin, PIN + "\n");
    return new Pkcs11Uri(Long.parseLong(slot.group(1)), MODULE, pin);
  }
}
