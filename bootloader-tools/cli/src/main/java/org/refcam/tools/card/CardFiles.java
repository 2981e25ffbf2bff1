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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.crypto.Sha256;
import org.refcam.tools.card.CardBuild.Built;
import org.refcam.tools.card.CardBuild.Keys;
import org.refcam.tools.card.CardBuild.Order;

/**
 * What is handed on beside the card: compressed image, public keys, list of parts, licences,
 * manifest with figures, checksums. Immutable.
 */
public final class CardFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int LEVEL = 9;

  private final Order order;
  private final Built built;
  private final String name;

  /**
   * @param name what the files' names begin with; {@code NAME.swu} is there already
   */
  public CardFiles(Order order, Built built, String name) {
    this.order = order;
    this.built = built;
    this.name = name;
  }

  /**
   * @return SHA-256 of each file by its name
   */
  public Map<String, String> finish(Keys keys) throws IOException {
    Path out = order.out();
    Path work = out.resolve("work");
    List<String> files = new ArrayList<>(List.of(name + ".img.zst", name + ".swu"));
    Path compressed = out.resolve(name + ".img.zst");
    compress(built.card(), compressed);
    key(files, ".boot-key.pem", keys.boot());
    if (keys.loader().isPresent()) {
      key(files, ".loader-key.pem", keys.loader().get());
    }
    text(files, ".cdx.json", JSON.writeValueAsString(new PartsList(order, work).document()) + "\n");
    int licences = new Licences().write(work, out.resolve(name + ".licences.txt"));
    files.add(name + ".licences.txt");
    files.add("card.img");
    files.add("loader.bin");
    if (keys.owner().isPresent()) {
      files.add("loader.vars");
      UefiKeys.ENROLMENT_FILES.forEach(file -> files.add(UefiCard.ENROLMENT + "/" + file));
    }
    Map<String, String> sums = new LinkedHashMap<>();
    for (String file : files) {
      sums.put(file, Sha256.hex(out.resolve(file)));
    }
    Map<String, Object> figures = new ImageFigures(built, work).fields(compressed, licences);
    String manifest = JSON.writeValueAsString(manifest(sums, figures)) + "\n";
    text(files, ".manifest.json", manifest);
    sums.put(name + ".manifest.json", Sha256.hex(out.resolve(name + ".manifest.json")));
    StringBuilder list = new StringBuilder();
    sums.forEach((file, sum) -> list.append(sum).append("  ").append(file).append('\n'));
    Files.writeString(out.resolve("SHA256SUMS"), list);
    return sums;
  }

  private Map<String, Object> manifest(Map<String, String> sums, Map<String, Object> figures) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("board", order.board());
    manifest.put("version", order.version());
    manifest.put("securityVersion", order.securityVersion());
    manifest.put("rootHash", built.tree().hex());
    manifest.put("figures", figures);
    manifest.put("files", sums);
    return manifest;
  }

  private void key(List<String> files, String suffix, BootKey key) throws IOException {
    text(files, suffix, pem(key));
  }

  private void text(List<String> files, String suffix, String content) throws IOException {
    Files.writeString(order.out().resolve(name + suffix), content);
    files.add(name + suffix);
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
}
