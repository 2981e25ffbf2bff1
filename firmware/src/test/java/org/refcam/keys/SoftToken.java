// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.refcam.crypto.Pkcs11Uri;

/**
 * Fresh tokens of Debian's SoftHSM2; skipped where it is not installed. The module learns its
 * configuration and its slots once in a process, so all tokens are made before the first is opened.
 */
final class SoftToken {
  private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "246810";
  private static final int TOKENS = 8;
  private static final Deque<Long> fresh = new ArrayDeque<>();
  private static boolean made;

  private SoftToken() {}

  /** The address of a token that nobody used. */
  static synchronized Pkcs11Uri create(Path directory) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isReadable(MODULE), "softhsm2 is missing");
    if (!made) {
      Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
      Path tokens = Files.createTempDirectory(configuration.getParent(), "tokens");
      Files.writeString(configuration, "directories.tokendir = " + tokens + "\n");
      for (int i = 0; i < TOKENS; i++) {
        fresh.add(initialise("refcam" + i));
      }
      made = true;
    }
    Path pin = directory.resolve("pin");
    Files.writeString(pin, PIN + "\n");
    return new Pkcs11Uri(fresh.remove(), MODULE, pin);
  }

  private static long initialise(String label) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
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
    return Long.parseLong(slot.group(1));
  }
}
