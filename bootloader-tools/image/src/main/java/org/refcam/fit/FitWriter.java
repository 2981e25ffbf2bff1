// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.FdtToken;
import org.refcam.fdt.FdtTokenReader;
import org.refcam.fdt.InvalidFdtException;

/**
 * Writes FIT images. Same source and deterministic signers, same bytes. Stateless.
 *
 * <p>The tree is encoded once with signatures of zeros, which no signature covers; then each is
 * signed over its bytes and put in its place. So all property names are there before the first
 * signature, and {@code hashed-strings} covers every one of them.
 */
public final class FitWriter {
  private static final String SIGNATURE = "signature-";

  private FitWriter() {}

  /**
   * The image as bytes.
   *
   * @param signers each signs every configuration; none for a FIT without signatures
   * @throws IOException if a signer fails
   */
  public static byte[] write(FitSource source, List<FitSigner> signers) throws IOException {
    byte[] fit = Fdt.of(root(source, signers)).encode();
    for (FitConfiguration configuration : source.configurations()) {
      for (int i = 0; i < signers.size(); i++) {
        sign(fit, configuration, SIGNATURE + (i + 1), signers.get(i));
      }
    }
    return fit;
  }

  private static FdtNode root(FitSource source, List<FitSigner> signers) {
    FdtNode.Builder images = FdtNode.builder("images");
    source.images().forEach(image -> images.set(image(image, source.architecture())));
    FdtNode.Builder configurations = FdtNode.builder("configurations");
    configurations.set("default", source.configurations().get(0).name());
    for (FitConfiguration configuration : source.configurations()) {
      configurations.set(configuration(configuration, source, signers));
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
            .set(FdtProperty.ofBytes("value", sha256(image.data())))
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

  private static FdtNode configuration(
      FitConfiguration configuration, FitSource source, List<FitSigner> signers) {
    FdtNode.Builder node =
        FdtNode.builder(configuration.name())
            .set("description", configuration.description())
            .set("kernel", configuration.kernel());
    configuration.ramdisk().ifPresent(name -> node.set("ramdisk", name));
    if (!configuration.deviceTrees().isEmpty()) {
      node.set(FdtProperty.ofStrings("fdt", configuration.deviceTrees()));
    }
    configuration.bootArguments().ifPresent(text -> node.set("bootargs", text));
    for (int i = 0; i < signers.size(); i++) {
      node.set(signature(SIGNATURE + (i + 1), configuration, source, signers.get(i)));
    }
    return node.build();
  }

  private static FdtNode signature(
      String name, FitConfiguration configuration, FitSource source, FitSigner signer) {
    FitAlgorithm algorithm = FitAlgorithm.of(signer.publicKey());
    List<String> roles = new ArrayList<>(List.of("kernel"));
    configuration.ramdisk().ifPresent(image -> roles.add("ramdisk"));
    if (!configuration.deviceTrees().isEmpty()) {
      roles.add("fdt");
    }
    FdtNode.Builder node =
        FdtNode.builder(name)
            .set("algo", algorithm.fitName())
            .set("key-name-hint", signer.keyName());
    if (algorithm.isRsa() && signer.padding() == FitPadding.PSS) {
      node.set("padding", FitPadding.PSS.fitName());
    }
    return node.set(FdtProperty.ofStrings("sign-images", roles))
        .set(FdtProperty.ofBytes("value", new byte[algorithm.signatureBytes()]))
        .set("signer-name", "refcam-tools")
        .set(timestamp(source))
        .set(FdtProperty.ofStrings("hashed-nodes", hashedNodes(configuration)))
        .set(FdtProperty.ofCells("hashed-strings", 0, 0))
        .build();
  }

  /** The nodes that mkimage lists: the root, the configuration, each image and its hash. */
  private static List<String> hashedNodes(FitConfiguration configuration) {
    List<String> nodes = new ArrayList<>(List.of("/", "/configurations/" + configuration.name()));
    for (String image : configuration.images()) {
      nodes.add("/images/" + image);
      nodes.add("/images/" + image + "/hash-1");
    }
    return nodes;
  }

  private static void sign(
      byte[] fit, FitConfiguration configuration, String node, FitSigner signer)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(fit);
    String path = "/configurations/" + configuration.name() + "/" + node;
    try {
      int strings = new FdtTokenReader(bytes).header().stringsSize();
      bytes.putInt(find(bytes, path, "hashed-strings").valueOffset() + 4, strings);
      Set<String> listed = new TreeSet<>(hashedNodes(configuration));
      byte[] signature = signer.sign(FitRegions.message(bytes, listed, strings));
      FdtToken value = find(bytes, path, "value");
      if (signature.length != value.valueLength()) {
        throw new IOException(
            "the key " + signer.keyName() + " gave " + signature.length + " bytes");
      }
      System.arraycopy(signature, 0, fit, value.valueOffset(), signature.length);
    } catch (InvalidFdtException e) {
      throw new AssertionError("a tree that we have just written", e);
    }
  }

  /** The property of the node at a path, among the tokens. */
  private static FdtToken find(ByteBuffer fit, String path, String property)
      throws InvalidFdtException {
    FdtTokenReader tokens = new FdtTokenReader(fit);
    List<String> open = new ArrayList<>();
    while (!tokens.isEnded()) {
      FdtToken token = tokens.next();
      switch (token.kind()) {
        case BEGIN_NODE -> open.add(token.name());
        case END_NODE -> open.remove(open.size() - 1);
        case PROP -> {
          if (token.name().equals(property) && String.join("/", open).equals(path)) {
            return token;
          }
        }
        case NOP, END -> {
          // They have no name.
        }
      }
    }
    throw new AssertionError("it was written: " + path + " " + property);
  }

  static byte[] sha256(ByteBuffer data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(data);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
  }
}
