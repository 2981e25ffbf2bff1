// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.tools.card.CardBuild.Built;
import org.refcam.tools.card.CardBuild.Order;

/**
 * What is handed on beside the card: compressed image, public key, list of parts, manifest,
 * checksums. Stateless.
 */
public final class CardFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int LEVEL = 9;

  private CardFiles() {}

  /**
   * @param name what the files' names begin with; {@code NAME.swu} is there already
   * @return SHA-256 of each file by its name
   */
  public static Map<String, String> finish(Order order, Built built, String name, BootKey key)
      throws IOException {
    Path out = order.out();
    compress(built.card(), out.resolve(name + ".img.zst"));
    Files.writeString(out.resolve(name + ".boot-key.pem"), pem(key));
    Files.writeString(
        out.resolve(name + ".cdx.json"),
        JSON.writeValueAsString(new PartsList(order, out.resolve("work")).document()) + "\n");
    Map<String, String> sums = new LinkedHashMap<>();
    for (String suffix : new String[] {".img.zst", ".swu", ".boot-key.pem", ".cdx.json"}) {
      sums.put(name + suffix, sha256(out.resolve(name + suffix)));
    }
    sums.put("card.img", sha256(built.card()));
    sums.put("loader.bin", sha256(built.loader()));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("board", order.board());
    manifest.put("version", order.version());
    manifest.put("securityVersion", order.securityVersion());
    manifest.put("rootHash", built.rootHash());
    manifest.put("files", sums);
    Path manifestFile = out.resolve(name + ".manifest.json");
    Files.writeString(manifestFile, JSON.writeValueAsString(manifest) + "\n");
    sums.put(manifestFile.getFileName().toString(), sha256(manifestFile));
    StringBuilder list = new StringBuilder();
    sums.forEach((file, sum) -> list.append(sum).append("  ").append(file).append('\n'));
    Files.writeString(out.resolve("SHA256SUMS"), list);
    return sums;
  }

  private static void compress(Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
        ZstdOutputStream packed = new ZstdOutputStream(file, LEVEL)) {
      packed.setChecksum(true);
      in.transferTo(packed);
    }
  }

  private static String pem(BootKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.pair().getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
