// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.refcam.crypto.Sha256;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;

/**
 * Writes FIT images, every image with its SHA-256. Same source and deterministic signers, same
 * bytes. Stateless.
 */
public final class FitWriter {
  private FitWriter() {}

  /**
   * The image as bytes.
   *
   * @param signers each signs every configuration; none for a FIT without signatures
   * @throws IOException if a signer fails
   */
  public static byte[] write(FitSource source, List<FitSigner> signers) throws IOException {
    byte[] fit = Fdt.of(root(source)).encode();
    if (signers.isEmpty()) {
      return fit;
    }
    try {
      return FitSigning.sign(ByteBuffer.wrap(fit), source.timestamp(), signers);
    } catch (InvalidFitException e) {
      throw new AssertionError("an image that we have just written", e);
    }
  }

  private static FdtNode root(FitSource source) {
    FdtNode.Builder images = FdtNode.builder("images");
    source.images().forEach(image -> images.set(image(image, source.architecture())));
    FdtNode.Builder configurations = FdtNode.builder("configurations");
    configurations.set("default", source.configurations().get(0).name());
    for (FitConfiguration configuration : source.configurations()) {
      configurations.set(configuration(configuration));
    }
    return FdtNode.builder("")
        .set(timestamp(source))
        .set("description", source.description())
        .set(FdtProperty.ofCells("#address-cells", 1))
        .set(images.build())
        .set(configurations.build())
        .build();
  }

  private static FdtProperty timestamp(FitSource source) {
    return FdtProperty.ofCells("timestamp", (int) source.timestamp().getEpochSecond());
  }

  private static FdtNode image(FitImage image, String architecture) {
    FdtNode.Builder node =
        FdtNode.builder(image.name())
            .set("description", image.description())
            .set(FdtProperty.ofBytes("data", image.data()))
            .set("type", image.kind().type)
            .set("arch", architecture)
            .set("os", "linux")
            .set("compression", image.compression());
    address(node, "load", image.load());
    address(node, "entry", image.entry());
    FdtNode hash =
        FdtNode.builder("hash-1")
            .set("algo", "sha256")
            .set(FdtProperty.ofBytes("value", Sha256.of(image.data())))
            .build();
    return node.set(hash).build();
  }

  private static void address(FdtNode.Builder node, String name, OptionalLong address) {
    if (address.isPresent()) {
      long value = address.getAsLong();
      node.set(
          value >>> 32 == 0
              ? FdtProperty.ofCells(name, (int) value)
              : FdtProperty.ofU64(name, value));
    }
  }

  private static FdtNode configuration(FitConfiguration configuration) {
    FdtNode.Builder node =
        FdtNode.builder(configuration.name())
            .set("description", configuration.description())
            .set("kernel", configuration.kernel());
    configuration.ramdisk().ifPresent(name -> node.set("ramdisk", name));
    if (!configuration.deviceTrees().isEmpty()) {
      node.set(FdtProperty.ofStrings("fdt", configuration.deviceTrees()));
    }
    configuration.bootArguments().ifPresent(text -> node.set("bootargs", text));
    return node.build();
  }
}
