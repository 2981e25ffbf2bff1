// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.refcam.assess.report.Page.escape;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Reference;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.report.Judged;
import org.refcam.assess.report.Page;

/** The dossier as one HTML page in one language, without scripts, for a phone and for paper. */
final class DossierPage {
  private static final Text UNCONFIRMED = new Text("number not confirmed", "chưa xác nhận số điều");
  private static final Text SECOND_HAND = new Text("from summaries", "theo bản tóm tắt");

  private final Dossier dossier;
  private final Catalogue catalogue;
  private final String language;
  private final StringBuilder out = new StringBuilder();

  private DossierPage(Dossier dossier, Catalogue catalogue, String language) {
    this.dossier = dossier;
    this.catalogue = catalogue;
    this.language = language;
  }

  /** The page's bytes in UTF-8. */
  static byte[] bytes(Dossier dossier, Catalogue catalogue, String language) throws IOException {
    DossierPage page = new DossierPage(dossier, catalogue, language);
    page.head();
    page.summary();
    page.requirements();
    page.tables();
    page.invariants();
    page.out.append("</main></body></html>\n");
    return page.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String say(String en, String vi) {
    return escape(language.equals("vi") ? vi : en);
  }

  private String say(Text text) {
    return escape(text.in(language));
  }

  private DossierPage add(String... parts) {
    for (String part : parts) {
      out.append(part);
    }
    return this;
  }

  private void head() throws IOException {
    String style;
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
      style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    JsonNode tree = dossier.facts().tree();
    String title =
        say("Conformity dossier of RefCam ", "Hồ sơ phù hợp của RefCam ")
            + escape(tree.path("firmware").asText());
    add("<!DOCTYPE html>\n<html lang=\"", language, "\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    add("style-src 'unsafe-inline'\"><title>", title, "</title><style>", style);
    add("</style></head><body><main>\n<h1>", title, "</h1>\n");
  }

  private void summary() {
    JsonNode tree = dossier.facts().tree();
    add("<dl class=\"facts\">");
    fact(say("Serial", "Số sê-ri"), escape(tree.path("serial").asText()));
    fact(say("Board", "Bo mạch"), escape(tree.path("board").asText()));
    fact(say("Source", "Mã nguồn"), escape(dossier.source()));
    fact(
        say("Made", "Lập lúc"),
        escape(dossier.started()) + ", " + Math.round(dossier.seconds()) + " s");
    fact(say("Catalogue", "Danh mục"), escape(dossier.blackBox().run().catalogue()));
    add("</dl>\n<ul class=\"counts\">");
    for (Status status : Status.values()) {
      add("<li class=\"", status.style(), "\"><b>", String.valueOf(dossier.count(status)));
      add("</b> ", say(status.words()), "</li>");
    }
    add("</ul>\n<p class=\"note\">");
    add(
        say(
            "Made by the running camera and the source tree, not typed. Verified means that proofs which the project holds to suffice were looked at in this run or passed in the tests of this tree. The regulation counts, not our words for it.",
            "Do chính camera đang chạy và cây mã nguồn lập ra, không nhập tay. Đã xác minh nghĩa là các bằng chứng mà dự án cho là đủ đã được kiểm tra trong lần chạy này hoặc đạt trong các phép thử của cây mã nguồn. Văn bản quy định mới có giá trị, không phải lời diễn đạt ở đây."));
    add("</p>\n<p>", link(Ruling.BLACK_BOX + "report.json"), ", ");
    add(link(Documents.file(Documents.THREAT_MODEL)), ", ", link(Proofs.IXIT), "</p>\n");
    differences();
    runs();
  }

  private void fact(String name, String value) {
    add("<dt>", name, "</dt><dd>", value.isEmpty() ? "-" : value, "</dd>");
  }

  private void differences() {
    add("<section><h2>", say("Declared and seen", "Khai báo và thực tế"), "</h2>");
    if (dossier.differences().isEmpty()) {
      String count = String.valueOf(Drift.GROUPS.size());
      add("<p>", say("No difference in ", "Không có khác biệt trong "), count);
      add(say(" groups of the scan. ", " nhóm quét. "), link(Proofs.SCAN), "</p>");
    }
    add("<p>", say("Where it sends was found so: ", "Nơi camera gửi dữ liệu được tìm bằng cách: "));
    add(say(dossier.wayOut()), "</p>");
    for (Difference one : dossier.differences()) {
      add("<p><span class=\"v FAIL\">", escape(one.group()), "</span> ");
      add(escape(one.toString()), "</p>");
    }
    add("</section>\n");
  }

  private void runs() {
    add("<section><h2>", say("Done in this run", "Đã làm trong lần chạy này"), "</h2>");
    for (Map.Entry<String, Done> run : new TreeMap<>(dossier.runs()).entrySet()) {
      Done done = run.getValue();
      add("<p class=\"check\"><span class=\"v ", done.right() ? "PASS" : "UNKNOWN", "\">");
      add(escape(run.getKey()), "</span> ", say(done.words()), " ", link(done.file()), "</p>");
    }
    add("</section>\n");
  }

  private void requirements() {
    catalogue
        .groups()
        .forEach(
            (group, title) -> {
              List<Ruling> own =
                  dossier.rulings().stream()
                      .filter(one -> one.requirement().group().equals(group))
                      .toList();
              add("<section><h2>", say(title), "</h2>");
              own.forEach(this::requirement);
              add("</section>\n");
            });
  }

  private void requirement(Ruling one) {
    add("<article id=\"", escape(one.requirement().id()), "\"><h3><span class=\"v ");
    add(one.status().style(), "\">", say(one.status().words()), "</span> ");
    add(say(one.requirement().title()), "</h3><p>", say(one.reason()), "</p>");
    if (!one.step().equals(Judged.NO_STEP)) {
      add("<p class=\"step\">", say("Still to do: ", "Còn phải làm: "), say(one.step()), "</p>");
    }
    if (!one.evidence().isEmpty()) {
      List<String> links = one.evidence().stream().map(DossierPage::link).toList();
      add("<p class=\"files\">", say("Evidence: ", "Bằng chứng: "));
      add(String.join(", ", links), "</p>");
    }
    List<String> references =
        one.requirement().references().stream().map(this::reference).distinct().toList();
    add("<p class=\"refs\">", escape(one.requirement().id()), " · ");
    add(String.join("; ", references), "</p></article>\n");
  }

  private String reference(Reference r) {
    return switch (r.basis()) {
      case VERIFIED -> escape(r.reference());
      case SECONDARY -> escape(r.reference()) + " (" + say(SECOND_HAND) + ")";
      case UNCONFIRMED -> escape(r.reference()) + " (" + say(UNCONFIRMED) + ")";
    };
  }

  private void tables() {
    add("<section><h2>", say("What the camera says of itself", "Camera tự khai báo"), "</h2>");
    for (String table : dossier.facts().tables()) {
      add("<h3>", escape(table), "</h3>");
      for (String row : dossier.facts().rows(table)) {
        List<String> facts = new ArrayList<>();
        dossier
            .facts()
            .row(table, row)
            .forEach((name, values) -> facts.add(name + " " + String.join(", ", values)));
        add("<p class=\"check\"><b>", escape(row), "</b>: ");
        add(escape(String.join("; ", facts)), "</p>");
      }
    }
    add("</section>\n");
  }

  private void invariants() {
    add("<section><h2>", say("Invariants, code, tests", "Bất biến, mã, phép thử"), "</h2>");
    for (Invariants.Invariant one : dossier.invariants()) {
      add("<article><h3><span class=\"v ", one.tested() ? "PASS" : "UNKNOWN", "\">");
      add(escape(one.id()), "</span></h3><p>", escape(one.holds()), "</p><p class=\"files\">");
      add(escape(String.join(", ", one.owners())), "</p>");
      for (TestRun test : one.tests()) {
        add("<p class=\"check\">", say(test.told()), "</p>");
      }
      add("<p class=\"files\">", link(Proofs.file(one.id())), "</p></article>\n");
    }
    add("</section>\n");
  }

  private static String link(String file) {
    String name = file.replaceFirst("^evidence/", "").toLowerCase(Locale.ROOT);
    return "<a href=\"" + escape(file) + "\">" + escape(name) + "</a>";
  }
}
