// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtHeader;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.InvalidFitException.Reason;

/**
 * Verifies FIT images, ours and those of {@code mkimage}, as a U-Boot with required keys does, and
 * a little more strictly: every configuration, not only the one that boots, must be signed by one
 * of the keys, over all that it names.
 *
 * <p>INV-FIT-1. A configuration is called verified only if one of the given keys signed the root's
 * and its own properties, and the node and SHA-256 hash of every image that it names, and the
 * images' bytes have these hashes. Holds against whoever writes the boot partition. Does not hold
 * against the holder of a signing key; images that no configuration names are not looked at.
 *
 * <p>Immutable.
 */
public final class FitVerifier {
  private static final int CONFIGURATIONS_MAX = 64;
  private static final int HASHED_NODES_MAX = 100;

  private final List<FitPublicKey> keys;

  /**
   * @param keys any of them may have signed
   */
  public FitVerifier(List<FitPublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Verifies all of a FIT.
   *
   * @param fit from its header on; external data follows the tree
   * @throws InvalidFitException with the reason of the first fault
   */
  public VerifiedFit verify(ByteBuffer fit) throws InvalidFitException {
    try {
      FdtHeader header = FdtHeader.parse(fit);
      FdtNode root = Fdt.parse(fit).root();
      FdtNode all = require(root, "configurations");
      String first = text(all, "default");
      List<FdtNode> ordered = new ArrayList<>(List.of(require(all, first)));
      all.children().stream().filter(n -> !n.name().equals(first)).forEach(ordered::add);
      if (ordered.size() > CONFIGURATIONS_MAX) {
        throw new InvalidFitException(Reason.CONTENT, ordered.size() + " configurations");
      }
      FitImages images = new FitImages(require(root, "images"), fit, header);
      List<VerifiedFit.Configuration> verified = new ArrayList<>();
      for (FdtNode configuration : ordered) {
        verified.add(verify(configuration, images, fit, header));
      }
      return new VerifiedFit(verified, root.findNumber("timestamp").orElse(0), header.totalSize());
    } catch (InvalidFdtException e) {
      throw new InvalidFitException(Reason.FORMAT, String.valueOf(e.getMessage()), e);
    }
  }

  private VerifiedFit.Configuration verify(
      FdtNode configuration, FitImages images, ByteBuffer fit, FdtHeader header)
      throws InvalidFitException, InvalidFdtException {
    String name = configuration.name();
    FitImages.requirePlain(name);
    FitImages.Content content = images.of(configuration);
    Optional<InvalidFitException> fault = Optional.empty();
    for (FdtNode node : configuration.children()) {
      if (node.name().startsWith("signature")) {
        FitImages.requirePlain(node.name());
        try {
          String key = signer(node, name, content.signedNodes(), fit, header);
          String algorithm = node.findString("algo").orElse("");
          images.verifyHashes(content);
          return content.verified(name, key, algorithm);
        } catch (InvalidFitException e) {
          if (e.reason() == Reason.HASH_MISMATCH || e.reason() == Reason.CONTENT) {
            throw e;
          }
          fault = Optional.of(fault.orElse(e)); // another signature may be by a known key
        }
      }
    }
    throw fault.orElseGet(
        () -> new InvalidFitException(Reason.UNSIGNED, "configuration " + name + " is unsigned"));
  }

  /** The name of the key whose signature this node holds. */
  private String signer(
      FdtNode node, String configuration, List<String> needed, ByteBuffer fit, FdtHeader header)
      throws InvalidFitException, InvalidFdtException {
    FitAlgorithm algorithm =
        FitAlgorithm.find(node.findString("algo").orElse(""))
            .orElseThrow(() -> unsigned(configuration, "algorithm is not known"));
    FitPadding padding =
        FitPadding.find(node.findString("padding").orElse(FitPadding.PKCS1_1_5.fitName()))
            .orElseThrow(() -> unsigned(configuration, "padding is not known"));
    byte[] value =
        node.find("value")
            .orElseThrow(() -> unsigned(configuration, "signature has no value"))
            .toByteArray();
    List<String> hashed = node.find("hashed-nodes").map(FdtProperty::strings).orElse(List.of());
    Set<String> listed = new HashSet<>(hashed);
    if (hashed.size() > HASHED_NODES_MAX || !listed.containsAll(needed)) {
      Set<String> missing = new HashSet<>(needed);
      missing.removeAll(listed);
      throw new InvalidFitException(
          Reason.NOT_COVERED, "the signature of " + configuration + " leaves out " + missing);
    }
    byte[] message = FitRegions.message(fit, listed, hashedStrings(node, configuration, header));
    for (FitPublicKey key : keys) {
      if (FitAlgorithm.of(key.key()) == algorithm
          && FitKeys.isSignature(key.key(), padding, message, value)) {
        return key.name();
      }
    }
    throw new InvalidFitException(
        Reason.SIGNATURE, "configuration " + configuration + " is not signed by a given key");
  }

  private static int hashedStrings(FdtNode node, String configuration, FdtHeader header)
      throws InvalidFitException {
    FdtProperty property =
        node.find("hashed-strings")
            .filter(p -> p.value().remaining() == 8)
            .orElseThrow(() -> unsigned(configuration, "signature leaves the strings out"));
    int size = property.value().getInt(4);
    if (size < 0 || size > header.stringsSize()) {
      throw unsigned(configuration, "hashed-strings is beyond the strings");
    }
    return size;
  }

  private static InvalidFitException unsigned(String configuration, String detail) {
    return new InvalidFitException(
        Reason.UNSIGNED, "configuration " + configuration + ": " + detail);
  }

  private static FdtNode require(FdtNode parent, String child) throws InvalidFitException {
    FitImages.requirePlain(child);
    return parent
        .findNode(child)
        .orElseThrow(() -> new InvalidFitException(Reason.CONTENT, "no node " + child));
  }

  private static String text(FdtNode node, String property) throws InvalidFitException {
    return node.findString(property)
        .orElseThrow(() -> new InvalidFitException(Reason.CONTENT, "no " + property));
  }
}
