// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.storage.FileWrites;

/** {@code doc/erase.md} says what the code does; the page shows what the certificate says. */
class EraseDocumentationTest {
  @TempDir Path scratch;

  private static String document() throws Exception {
    return Files.readString(Path.of("doc/erase.md"));
  }

  private StoredCertificate certificate() throws Exception {
    DoomedKey key =
        new DoomedKey(
            "vault-root",
            DevelopmentFileRoot.openOrCreate(scratch.resolve("slots"), new SecureRandom())
                .slot("vault-root"));
    return new EraseWorkshop(scratch.resolve("device"))
        .erase(Files.createDirectories(scratch.resolve("data")), List.of(key), FileWrites.disk())
        .begin(EraseOrigin.REST);
  }

  @Test
  void everyLimit_andEveryKeptName_isDocumented() throws Exception {
    String document = document();
    for (NotCovered one : NotCovered.values()) {
      assertThat(document).contains("| `" + one.word() + "` |");
    }
    String stays = document.substring(document.indexOf("Stays:"), document.indexOf("**Identity"));
    for (String name : EraseLayout.KEPT) {
      assertThat(stays).contains("`" + name);
    }
  }

  @Test
  void numbers_areTheCodes() throws Exception {
    assertThat(document())
        .contains("held for " + HeldButton.HOLD.toSeconds() + " s")
        .contains("from " + HeldButton.WARN.toSeconds() + " s on fast")
        .contains("the newest " + CertificateShelf.MOST + "\nare kept")
        .contains("(the newest " + ClipErasures.MOST + ")")
        .contains(EraseCertificate.PREFIX.strip());
  }

  @Test
  void everyFieldOfTheCertificate_isDocumented() throws Exception {
    JsonNode signed = new ObjectMapper().readTree(certificate().json()).path("signed");
    List<String> names = new ArrayList<>();
    names(signed, names);
    String document = document();
    assertThat(names).hasSizeGreaterThan(25);
    for (String name : names) {
      assertThat(document).contains("`" + name + "`");
    }
  }

  private static void names(JsonNode node, List<String> names) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> names(child, names));
  }

  @Test
  void page_isPdf_andIsDrawnForEveryCertificate() throws Exception {
    byte[] pdf = EraseDocument.draw(certificate().verified());
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF-1.7").endsWith("%%EOF\n").contains("/Lang(vi)");
    assertThat(pdf.length).isBetween(8_000, 60_000);
  }
}
