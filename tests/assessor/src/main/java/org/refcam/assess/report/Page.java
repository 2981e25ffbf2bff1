// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.catalogue.Reference;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;

/** The report as one HTML page in one language, without scripts, for a phone and for paper. */
public final class Page {
  private static final Text UNCONFIRMED = new Text("number not confirmed", "chưa xác nhận số điều");
  private static final Text SECOND_HAND = new Text("from summaries", "theo bản tóm tắt");

  private final Assessment a;
  private final Catalogue catalogue;
  private final String language;
  private final StringBuilder out = new StringBuilder();

  private Page(Assessment a, Catalogue catalogue, String language) {
    this.a = a;
    this.catalogue = catalogue;
    this.language = language;
  }

  /** The page's bytes in UTF-8. */
  public static byte[] bytes(Assessment a, Catalogue catalogue, String language)
      throws IOException {
    Page page = new Page(a, catalogue, language);
    page.head();
    page.summary();
    page.groups();
    page.checks();
    page.out.append("</main></body></html>\n");
    return page.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A text as HTML. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private String say(String en, String vi) {
    return escape(language.equals("vi") ? vi : en);
  }

  private String say(Text text) {
    return escape(text.in(language));
  }

  private void head() throws IOException {
    String style;
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
      style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String title = say("Assessment of ", "Đánh giá ") + escape(a.run().subject());
    out.append("<!DOCTYPE html>\n<html lang=\"")
        .append(language)
        .append("\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<title>")
        .append(title)
        .append("</title><style>")
        .append(style)
        .append("</style></head><body><main>\n<h1>")
        .append(title)
        .append("</h1>\n");
  }

  private void summary() {
    Text all = new Text("all regimes", "mọi quy định");
    String profile =
        catalogue
            .profile(a.profile())
            .map(p -> escape(p.title()) + " (" + say(p.note()) + ")")
            .orElse(say(all));
    out.append("<dl class=\"facts\">");
    fact(say("Regime", "Quy định"), profile);
    fact(
        say("Begun", "Bắt đầu"),
        escape(a.run().started()) + ", " + Math.round(a.run().seconds()) + " s");
    fact(say("Open ports", "Cổng mở"), escape(String.join(", ", a.endpoints())));
    fact(say("Catalogue", "Danh mục"), escape(a.run().catalogue()));
    out.append("</dl>\n<ul class=\"counts\">");
    for (Verdict verdict : Verdict.values()) {
      out.append("<li class=\"")
          .append(verdict.name())
          .append("\"><b>")
          .append(a.count(verdict))
          .append("</b> ")
          .append(say(verdict.words()))
          .append("</li>");
    }
    out.append("</ul>\n<p class=\"note\">")
        .append(
            say(
                "A pass says what was seen from the network at this time, and no more. Unknown names the step that a person still has to do. The regulation counts, not our words for it.",
                "Đạt chỉ nói điều đã thấy qua mạng vào lúc này. Chưa rõ thì nêu bước con người còn phải làm. Văn bản quy định mới có giá trị, không phải lời diễn đạt ở đây."))
        .append("</p>\n");
  }

  private void fact(String name, String value) {
    out.append("<dt>")
        .append(name)
        .append("</dt><dd>")
        .append(value.isEmpty() ? "-" : value)
        .append("</dd>");
  }

  private void groups() {
    Map<String, StringBuilder> byGroup = new LinkedHashMap<>();
    catalogue.groups().keySet().forEach(group -> byGroup.put(group, new StringBuilder()));
    for (Judged one : a.judged()) {
      byGroup.getOrDefault(one.requirement().group(), new StringBuilder()).append(requirement(one));
    }
    byGroup.forEach(
        (group, text) -> {
          if (text.length() > 0) {
            Text title = Objects.requireNonNull(catalogue.groups().get(group));
            out.append("<section><h2>")
                .append(say(title))
                .append("</h2>")
                .append(text)
                .append("</section>\n");
          }
        });
  }

  private String requirement(Judged one) {
    StringBuilder text = new StringBuilder();
    String status = one.requirement().statusIn(a.profile());
    Text word =
        switch (status) {
          case "mandatory" -> new Text("mandatory", "bắt buộc");
          case "conditional" -> new Text("conditional", "có điều kiện");
          default -> new Text("recommended", "khuyến nghị");
        };
    text.append("<article id=\"")
        .append(escape(one.requirement().id()))
        .append("\"><h3><span class=\"v ")
        .append(one.verdict().name())
        .append("\">")
        .append(say(one.verdict().words()))
        .append("</span> ")
        .append(say(one.requirement().title()))
        .append(" <small>")
        .append(say(word))
        .append("</small></h3>");
    text.append("<p>").append(say(one.reason())).append("</p>");
    if (!one.step().equals(Judged.NO_STEP)) {
      text.append("<p class=\"step\">")
          .append(say("Still to do: ", "Còn phải làm: "))
          .append(say(one.step()))
          .append("</p>");
    }
    if (!one.evidence().isEmpty()) {
      text.append("<p class=\"files\">")
          .append(say("Evidence: ", "Bằng chứng: "))
          .append(links(one.evidence()))
          .append("</p>");
    }
    return text.append("<p class=\"refs\">")
        .append(references(one))
        .append("</p></article>\n")
        .toString();
  }

  private String references(Judged one) {
    List<String> parts =
        one.requirement().references().stream()
            .filter(r -> a.profile().equals(Profile.ALL) || r.regime().equals(a.profile()))
            .map(this::reference)
            .distinct()
            .toList();
    return escape(one.requirement().id()) + " · " + String.join("; ", parts);
  }

  private String reference(Reference r) {
    return switch (r.basis()) {
      case VERIFIED -> escape(r.reference());
      case SECONDARY -> escape(r.reference()) + " (" + say(SECOND_HAND) + ")";
      case UNCONFIRMED -> escape(r.reference()) + " (" + say(UNCONFIRMED) + ")";
    };
  }

  private static String links(List<String> files) {
    return String.join(
        ", ",
        files.stream()
            .map(
                f -> "<a href=\"" + escape(f) + "\">" + escape(f.replace("evidence/", "")) + "</a>")
            .toList());
  }

  private void checks() {
    out.append("<section><h2>").append(say("Checks", "Các phép thử")).append("</h2>");
    for (Finding one : a.findings()) {
      out.append("<p class=\"check\"><span class=\"v ")
          .append(one.verdict().name())
          .append("\">")
          .append(say(one.verdict().words()))
          .append("</span> <b>")
          .append(escape(one.check()))
          .append("</b>: ")
          .append(say(one.reason()))
          .append(" ")
          .append(links(one.evidence()))
          .append("</p>");
    }
    out.append("</section>\n");
  }
}
