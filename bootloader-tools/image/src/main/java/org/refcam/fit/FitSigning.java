// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtHeader;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.FdtToken;
import org.refcam.fdt.FdtTokenReader;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.InvalidFitException.Reason;

/**
 * Signs every configuration of a FIT, in the place of signatures that it had. Stateless.
 *
 * <p>The tree is encoded once with signatures of zeros, which no signature covers; then each is
 * signed over its bytes and put in its place. So all property names are there before the first
 * signature, and {@code hashed-strings} covers every one of them.
 */
public final class FitSigning {
  private static final String SIGNATURE = "signature-";

  private FitSigning() {}

  /**
   * Signs a FIT whose images lie in its tree.
   *
   * @param fit its images must have the SHA-256 hashes in their nodes: nothing else is signed
   * @param timestamp of the signatures, given
   * @param signers each signs every configuration
   * @throws InvalidFitException CONTENT or HASH_MISMATCH, as the verifier would
   * @throws IOException if a signer fails
   */
  public static byte[] sign(ByteBuffer fit, Instant timestamp, List<FitSigner> signers)
      throws IOException, InvalidFitException {
    try {
      FdtNode root = Fdt.parse(fit).root();
      FitImages images = new FitImages(node(root, "images"), fit, FdtHeader.parse(fit));
      FdtNode configurations = node(root, "configurations");
      FdtNode.Builder changed = FdtNode.builder(configurations.name());
      configurations.properties().forEach(changed::set);
      for (FdtNode configuration : configurations.children()) {
        FitImages.Content content = images.of(configuration);
        images.verifyHashes(content);
        changed.set(withSignatures(configuration, content, timestamp, signers));
      }
      byte[] out = Fdt.of(root.toBuilder().set(changed.build()).build()).encode();
      for (FdtNode configuration : configurations.children()) {
        for (int i = 0; i < signers.size(); i++) {
          sign(out, "/configurations/" + configuration.name(), i, signers.get(i));
        }
      }
      return out;
    } catch (InvalidFdtException e) {
      throw new InvalidFitException(Reason.FORMAT, String.valueOf(e.getMessage()), e);
    }
  }

  private static FdtNode node(FdtNode root, String name) throws InvalidFitException {
    return root.findNode(name)
        .orElseThrow(() -> new InvalidFitException(Reason.CONTENT, "no node " + name));
  }

  private static FdtNode withSignatures(
      FdtNode configuration, FitImages.Content content, Instant time, List<FitSigner> signers) {
    FdtNode.Builder node = FdtNode.builder(configuration.name());
    configuration.properties().forEach(node::set);
    for (int i = 0; i < signers.size(); i++) {
      node.set(signature(SIGNATURE + (i + 1), content, time, signers.get(i)));
    }
    return node.build();
  }

  private static FdtNode signature(
      String name, FitImages.Content content, Instant time, FitSigner signer) {
    FitAlgorithm algorithm = FitAlgorithm.of(signer.publicKey());
    FdtNode.Builder node =
        FdtNode.builder(name)
            .set("algo", algorithm.fitName())
            .set("key-name-hint", signer.keyName());
    if (algorithm.isRsa() && signer.padding() == FitPadding.PSS) {
      node.set("padding", FitPadding.PSS.fitName());
    }
    return node.set(
            FdtProperty.ofStrings("sign-images", new ArrayList<>(content.byRole().keySet())))
        .set(FdtProperty.ofBytes("value", new byte[algorithm.signatureBytes()]))
        .set("signer-name", "refcam-tools")
        .set(FdtProperty.ofCells("timestamp", (int) time.getEpochSecond()))
        .set(FdtProperty.ofStrings("hashed-nodes", content.signedNodes()))
        .set(FdtProperty.ofCells("hashed-strings", 0, 0))
        .build();
  }

  private static void sign(byte[] fit, String configuration, int index, FitSigner signer)
      throws IOException, InvalidFdtException, InvalidFitException {
    ByteBuffer bytes = ByteBuffer.wrap(fit);
    String path = configuration + "/" + SIGNATURE + (index + 1);
    int strings = FdtHeader.parse(bytes).stringsSize();
    bytes.putInt(find(bytes, path, "hashed-strings").valueOffset() + 4, strings);
    FdtToken listed = find(bytes, path, "hashed-nodes");
    List<String> nodes =
        FdtProperty.ofBytes("", bytes.slice(listed.valueOffset(), listed.valueLength())).strings();
    byte[] signature = signer.sign(FitRegions.message(bytes, new HashSet<>(nodes), strings));
    FdtToken value = find(bytes, path, "value");
    if (signature.length != value.valueLength()) {
      throw new IOException("the key " + signer.keyName() + " gave " + signature.length + " bytes");
    }
    System.arraycopy(signature, 0, fit, value.valueOffset(), signature.length);
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
}
