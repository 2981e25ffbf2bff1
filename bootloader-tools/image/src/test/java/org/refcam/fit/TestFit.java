// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;

/** Small FIT images of tests. */
public final class TestFit {
  static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

  private TestFit() {}

  public static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** A device tree with nothing but a model. */
  public static byte[] deviceTree() {
    return Fdt.of(FdtNode.builder("").set("model", "test").build()).encode();
  }

  public static FitSource source(byte[] deviceTree) {
    return new FitSource(
        "a test",
        "arm64",
        TIME,
        List.of(
            FitImage.kernel("kernel-1", "none", 0x40400000L, bytes(1, 5001)),
            FitImage.of("ramdisk-1", FitImage.Kind.RAMDISK, "initramfs", bytes(2, 3003)),
            FitImage.of("fdt-1", FitImage.Kind.DEVICE_TREE, "board", deviceTree)),
        List.of(
            new FitConfiguration(
                "conf-1",
                "test",
                "kernel-1",
                Optional.of("ramdisk-1"),
                List.of("fdt-1"),
                Optional.of("console=ttyAMA0"))));
  }

  public static byte[] signed(FitSigner... signers) throws IOException {
    return FitWriter.write(source(deviceTree()), List.of(signers));
  }

  /** Where a text lies in bytes, for tests that change it. */
  public static int find(byte[] bytes, String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    if (at < 0) {
      throw new AssertionError("not there: " + text);
    }
    return at;
  }
}
