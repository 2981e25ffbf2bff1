// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.refcam.image.BundleLimits;
import org.refcam.image.InvalidBundleException;
import org.refcam.image.UnverifiedBundle;

/**
 * Whatever an update's bytes are, reading it gives a bundle or the checked exception: the archive,
 * the description, and the signature's wrapper each as the first thing a stranger reaches.
 * JAZZER_FUZZ=1 searches.
 */
final class BundleFuzzTest {
  private static final BundleLimits SMALL = new BundleLimits(4096, 4096, 1 << 20, 8, 20);

  @FuzzTest(maxDuration = "20s")
  void archive_anyBytes_bundleOrCheckedException(byte[] bytes) {
    open(bytes);
  }

  @FuzzTest(maxDuration = "20s")
  void description_anyBytes_manifestOrCheckedException(byte[] bytes) {
    if (bytes.length > 0 && bytes.length < 4096) {
      open(archive(bytes, new byte[] {0x30, 0}));
    }
  }

  @FuzzTest(maxDuration = "20s")
  void signature_anyBytes_refusedByCheckedException(byte[] bytes) {
    if (bytes.length == 0 || bytes.length >= 4096) {
      return;
    }
    byte[] archive = archive("{}".getBytes(StandardCharsets.UTF_8), bytes);
    try {
      FuzzKeyring.verifier()
          .verify(UnverifiedBundle.open(new ByteArrayInputStream(archive), SMALL));
      throw new AssertionError("a signature by nobody was believed");
    } catch (InvalidBundleException expected) {
      // The reader's documented answer.
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory do not fail", e);
    }
  }

  private static void open(byte[] bytes) {
    try {
      UnverifiedBundle.open(new ByteArrayInputStream(bytes), SMALL).unverifiedManifest();
    } catch (InvalidBundleException expected) {
      // The reader's documented answer.
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory do not fail", e);
    }
  }

  private static byte[] archive(byte[] description, byte[] signature) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file(out, "sw-description", description);
    file(out, "sw-description.sig", signature);
    file(out, "TRAILER!!!", new byte[0]);
    return out.toByteArray();
  }

  private static void file(ByteArrayOutputStream out, String name, byte[] data) {
    long sum = 0;
    for (byte b : data) {
      sum += b & 0xFF;
    }
    out.writeBytes("070702".getBytes(StandardCharsets.US_ASCII));
    long[] fields = {1, 0100644, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length() + 1, sum};
    for (long field : fields) {
      out.writeBytes(String.format(Locale.ROOT, "%08X", field).getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes((name + '\0').getBytes(StandardCharsets.US_ASCII));
    pad(out);
    out.writeBytes(data);
    pad(out);
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
