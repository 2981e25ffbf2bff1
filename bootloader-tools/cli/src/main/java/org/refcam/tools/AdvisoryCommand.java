// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.json.InvalidJsonException;
import org.refcam.tools.vulnerability.Advisory;
import org.refcam.tools.vulnerability.CaseBook;
import org.refcam.tools.vulnerability.CaseEvent;
import org.refcam.tools.vulnerability.Csaf;
import org.refcam.tools.vulnerability.CsafRules;
import org.refcam.tools.vulnerability.Cvss;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code refcam-tools vulnerability advisory}: CSAF 2.0 and VEX, in English and Vietnamese. */
@Command(
    name = "advisory",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a case's advisory as CSAF 2.0 and as VEX, each in English and Vietnamese, checks",
      "them by CSAF's rules, and records that it is published. Again: the next revision."
    })
final class AdvisoryCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Mixin CaseOptions options = new CaseOptions();

  @Option(names = "--case", required = true, paramLabel = "ID")
  String id = "";

  @Option(names = "--title-en", required = true, paramLabel = "TEXT")
  String titleEn = "";

  @Option(names = "--title-vi", required = true, paramLabel = "TEXT")
  String titleVi = "";

  @Option(names = "--summary-en", required = true, paramLabel = "TEXT")
  String summaryEn = "";

  @Option(names = "--summary-vi", required = true, paramLabel = "TEXT")
  String summaryVi = "";

  @Option(names = "--remedy-en", paramLabel = "TEXT", description = "Default: install the fix")
  String remedyEn = "The camera installs the fixed version by itself; its page shows it.";

  @Option(names = "--remedy-vi", paramLabel = "TEXT")
  String remedyVi = "Camera tự cài đặt phiên bản đã sửa; trang của camera hiển thị việc này.";

  @Option(names = "--product", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
  String product = "RefCam";

  @Option(names = "--affected", paramLabel = "V", description = "An affected version; repeatable")
  List<String> affected = List.of();

  @Option(names = "--fixed", paramLabel = "V", description = "A version that mends it; repeatable")
  List<String> fixed = List.of();

  @Option(names = "--not-affected", paramLabel = "V", description = "One that never had it")
  List<String> notAffected = List.of();

  @Option(
      names = "--justification",
      paramLabel = "WORD",
      description = "Why those are not affected: ${COMPLETION-CANDIDATES}")
  Advisory.@Nullable Justification justification;

  @Option(names = "--cve", paramLabel = "CVE")
  @Nullable String cve;

  @Option(names = "--cvss", paramLabel = "VECTOR", description = "CVSS:3.1/AV:N/...")
  @Nullable String cvss;

  @Option(names = "--publisher", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}")
  String publisher = "RefCam";

  @Option(
      names = "--namespace",
      required = true,
      paramLabel = "URL",
      description = "The publisher's own address")
  String namespace = "";

  @Option(names = "--contact", required = true, paramLabel = "TEXT", description = "For questions")
  String contact = "";

  @Option(names = "--revision", paramLabel = "TEXT", description = "What is new in this revision")
  String revision = "First edition";

  @Option(names = "--out", required = true, paramLabel = "DIR")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path out;

  @Mixin Output output = new Output();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public Integer call() throws IOException, TufException, InvalidJsonException {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    CaseStore store = options.open();
    CaseBook book = store.read();
    if (book.first(id, CaseEvent.RECEIVED).isEmpty()) {
      throw new IOException(id + " was never received");
    }
    Advisory advisory = advisory(revisions(book, now));
    List<ObjectNode> documents = new ArrayList<>();
    for (Csaf.Profile profile : Csaf.Profile.values()) {
      for (String language : Advisory.LANGUAGES) {
        documents.add(checked(Csaf.write(advisory, profile, language)));
      }
    }
    Files.createDirectories(out);
    List<String> names = new ArrayList<>();
    for (ObjectNode document : documents) {
      String name = Csaf.fileName(document.at("/document/tracking/id").asText());
      Files.write(
          out.resolve(name),
          (JSON.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8));
      names.add(name);
    }
    store.record(id, CaseEvent.ADVISED, now, Map.of("revision", revision));
    output.result(Map.of("files", String.join(" ", names)));
    return Exit.OK;
  }

  /** Those of the book, and this one. */
  private List<Advisory.Revision> revisions(CaseBook book, Instant now) {
    List<Advisory.Revision> revisions = new ArrayList<>();
    for (CaseBook.Entry entry : book.of(id)) {
      if (entry.event() == CaseEvent.ADVISED) {
        revisions.add(
            new Advisory.Revision(entry.time(), entry.facts().getOrDefault("revision", "Edition")));
      }
    }
    revisions.add(new Advisory.Revision(now, revision));
    return revisions;
  }

  private Advisory advisory(List<Advisory.Revision> revisions) {
    try {
      return new Advisory(
          id,
          new Advisory.Publisher(publisher, namespace, contact),
          revisions.get(0).date(),
          revisions,
          Map.of("en", titleEn, "vi", titleVi),
          Map.of("en", summaryEn, "vi", summaryVi),
          Map.of("en", remedyEn, "vi", remedyVi),
          product,
          affected,
          fixed,
          notAffected,
          Optional.ofNullable(justification),
          Optional.ofNullable(cve).map(text -> text.toUpperCase(Locale.ROOT)),
          Optional.ofNullable(cvss).map(Cvss::of));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Nobody publishes what a validator refuses. */
  private static ObjectNode checked(ObjectNode document) throws IOException {
    List<String> faults = CsafRules.check(document);
    if (!faults.isEmpty()) {
      throw new IOException("not a valid CSAF document: " + String.join("; ", faults));
    }
    return document;
  }
}
