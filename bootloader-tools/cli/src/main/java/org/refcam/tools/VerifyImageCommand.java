// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.CardReport;
import org.refcam.chain.CardVerifier;
import org.refcam.chain.Link;
import org.refcam.tools.card.CardContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refcam-tools verify-image}: a card's chain of trust, offline. */
@Command(
    name = "verify-image",
    mixinStandardHelpOptions = true,
    description = {
      "Walks the chain of a flashed card or its image: partition table, boot signature, root hash, root file system.",
      "Where the card holds the boot loader too: its signature, and that it demands the given key; its code is not judged.",
      "Reads only."
    })
final class VerifyImageCommand implements Callable<Integer> {
  private static final long STEP = 256L << 20;

  @Parameters(paramLabel = "CARD", description = "An image file, or a block device")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path card;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PUBLIC.pem",
      description = "The public key, or its certificate, that signs boot images")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path key;

  @Option(
      names = "--loader-key",
      paramLabel = "PUBLIC.pem",
      description = "The public key that signs boot.img of Raspberry Pi boards")
  Optional<Path> loaderKey = Optional.empty();

  @Option(
      names = "--contents",
      description =
          "Also unpacks the root file systems (with unsquashfs) and looks for what none may hold")
  boolean contents;

  @Mixin Output output = new Output();

  @Override
  public Integer call() throws IOException {
    List<Link> links = new ArrayList<>(chain().links());
    if (contents) {
      new CardContents(card).look(links);
    }
    CardReport report = new CardReport(links);
    print(report);
    return report.isVerified() ? Exit.OK : Exit.REFUSED;
  }

  private CardReport chain() throws IOException {
    Optional<PublicKey> loader = Optional.empty();
    if (loaderKey.isPresent()) {
      loader = Optional.of(BootKeyOptions.publicKey(loaderKey.get()));
    }
    try (FileChannel channel = FileChannel.open(card)) {
      return CardVerifier.verify(
          ByteRegion.of(channel),
          BootKeyOptions.publicKey(key),
          loader,
          bytes -> {
            if (bytes % STEP == 0) {
              output.note((bytes >> 20) + " MiB of a root file system verified");
            }
          });
    }
  }

  private void print(CardReport report) {
    if (output.asJson) {
      List<Map<String, String>> links = report.links().stream().map(this::fields).toList();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("verified", report.isVerified());
      all.put("links", links);
      output.result(all);
      return;
    }
    for (Link link : report.links()) {
      output.line(
          String.format(
              Locale.ROOT,
              "%-10s  %-18s  %s",
              link.verdict().name().toLowerCase(Locale.ROOT),
              link.name(),
              link.detail()));
    }
    output.line(report.isVerified() ? "the card is verified" : "the card is NOT verified");
  }

  private Map<String, String> fields(Link link) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("link", link.name());
    fields.put("verdict", link.verdict().name());
    fields.put("detail", link.detail());
    return fields;
  }
}
