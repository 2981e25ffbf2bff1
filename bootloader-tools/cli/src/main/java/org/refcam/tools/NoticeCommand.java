// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.refcam.json.InvalidJsonException;
import org.refcam.tools.vulnerability.Advisory;
import org.refcam.tools.vulnerability.CaseEvent;
import org.refcam.tools.vulnerability.Csaf;
import org.refcam.tools.vulnerability.CsafRules;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam-tools vulnerability notice}: tells owners what happened and what to do. */
@Command(
    name = "notice",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the notice to owners, in Vietnamese and English, from a case's advisories, and",
      "records that owners were told. The same texts fit publish --notes-vi and --notes-en."
    })
final class NoticeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin CaseOptions options = new CaseOptions();

  @Option(names = "--case", required = true, paramLabel = "ID")
  String id = "";

  @Option(
      names = "--advisories",
      required = true,
      paramLabel = "DIR",
      description = "Where vulnerability advisory wrote")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path advisories;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "A text")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path out;

  @Mixin Output output = new Output();

  @Override
  public Integer call() throws IOException, TufException, InvalidJsonException {
    CaseStore store = options.open();
    if (store.read().first(id, CaseEvent.ADVISED).isEmpty()) {
      throw new IOException(id + " has no advisory yet");
    }
    String text = part("vi") + "\n----\n\n" + part("en");
    Files.writeString(out, text);
    store.record(
        id, CaseEvent.OWNERS_TOLD, null, Map.of("notice", String.valueOf(out.getFileName())));
    output.result(Map.of("notice", out.toString()));
    return Exit.OK;
  }

  private String part(String language) throws IOException {
    String name = Csaf.fileName(language.equals("en") ? id : id + "-" + language);
    JsonNode document = JSON.readTree(advisories.resolve(name).toFile());
    if (!CsafRules.check(document).isEmpty() || !Advisory.LANGUAGES.contains(language)) {
      throw new IOException(name + " is no valid advisory");
    }
    boolean vi = language.equals("vi");
    JsonNode fault = document.at("/vulnerabilities/0");
    StringBuilder text = new StringBuilder();
    text.append(vi ? "Thông báo bảo mật " : "Security notice ").append(id).append("\n\n");
    text.append(document.at("/document/title").asText()).append("\n\n");
    text.append(fault.at("/notes/0/text").asText()).append("\n\n");
    line(text, vi ? "Phiên bản bị ảnh hưởng: " : "Affected versions: ", fault, "known_affected");
    line(text, vi ? "Đã sửa trong: " : "Fixed in: ", fault, "fixed");
    Optional.of(fault.at("/remediations/0/details").asText())
        .filter(remedy -> !remedy.isEmpty())
        .ifPresent(
            remedy ->
                text.append(vi ? "Việc cần làm: " : "What to do: ").append(remedy).append('\n'));
    text.append(vi ? "Liên hệ: " : "Contact: ");
    text.append(document.at("/document/publisher/contact_details").asText()).append('\n');
    return text.toString();
  }

  private static void line(StringBuilder text, String label, JsonNode fault, String status) {
    List<String> products = new java.util.ArrayList<>();
    fault.path("product_status").path(status).forEach(id -> products.add(id.asText()));
    if (!products.isEmpty()) {
      text.append(label).append(String.join(", ", products)).append('\n');
    }
  }
}
