// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.schema.SearchTypes.RecordingInformation;
import org.refcam.onvif.schema.SearchTypes.TrackInformation;

/**
 * A client's condition on recordings, in the dialect of the recording search specification:
 *
 * <pre>
 *   boolean(//Source[Location = "Gate"]) and not(contains(//Content, "test"))
 * </pre>
 *
 * with {@code and}, {@code or}, {@code not}, brackets, and the operators = != &lt; &lt;= &gt;
 * &gt;=, which compare texts. At most {@value #LONGEST} letters and {@value #DEEPEST} brackets
 * deep; no XPath engine ever sees it. Confined to one thread.
 */
final class RecordingFilter {
  static final int LONGEST = 1_024;
  static final int DEEPEST = 16;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"[^\"]*\"|'[^']*'|//?[A-Za-z]+(?:/[A-Za-z]+)*|[A-Za-z]+|!=|<=|>=|[=<>()\\[\\],])");

  /** A condition that has been read. */
  @FunctionalInterface
  interface Condition {
    boolean holds(RecordingInformation recording);
  }

  private final Matcher in;
  private int position;
  private String token = "";

  private RecordingFilter(String text) {
    in = TOKEN.matcher(text);
  }

  /**
   * @throws OnvifFault InvalidArgVal/InvalidFilterFault if it is not of the dialect
   */
  static Condition parse(String text) {
    if (text.length() > LONGEST) {
      throw bad();
    }
    RecordingFilter filter = new RecordingFilter(text.strip());
    filter.advance();
    Condition read = filter.expression(0);
    if (!filter.token.isEmpty()) {
      throw bad();
    }
    return read;
  }

  private void advance() {
    if (position == in.regionEnd()) {
      token = "";
      return;
    }
    if (!in.find(position) || in.start() != position) {
      throw bad();
    }
    position = in.end();
    token = in.group(1);
  }

  private Condition expression(int depth) {
    Condition left = term(depth);
    while (token.equals("and") || token.equals("or")) {
      boolean and = token.equals("and");
      advance();
      Condition first = left;
      Condition second = term(depth);
      left = and ? r -> first.holds(r) && second.holds(r) : r -> first.holds(r) || second.holds(r);
    }
    return left;
  }

  private Condition term(int depth) {
    if (depth >= DEEPEST) {
      throw bad();
    }
    String word = token;
    if (word.equals("(")) {
      return bracket(depth);
    }
    advance();
    return switch (word) {
      case "not" -> {
        Condition inner = bracket(depth);
        yield r -> !inner.holds(r);
      }
      case "boolean" -> exists();
      case "contains" -> contains();
      default -> throw bad();
    };
  }

  private Condition bracket(int depth) {
    take("(");
    Condition inner = expression(depth + 1);
    take(")");
    return inner;
  }

  private Condition exists() {
    take("(");
    String element = element();
    take("[");
    String child = word();
    String operator = word();
    String value = text();
    take("]");
    take(")");
    return recording ->
        elements(recording, element).stream()
            .map(fields -> Optional.ofNullable(fields.get(child)))
            .anyMatch(found -> found.isPresent() && compare(found.get(), operator, value));
  }

  private Condition contains() {
    take("(");
    String element = element();
    take(",");
    String part = text();
    take(")");
    return recording ->
        all(recording).stream()
            .flatMap(named -> named.fields().entrySet().stream())
            .anyMatch(field -> field.getKey().equals(element) && field.getValue().contains(part));
  }

  private String element() {
    String path = word();
    if (!path.startsWith("/")) {
      throw bad();
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String text() {
    String quoted = word();
    if (quoted.length() < 2 || quoted.charAt(0) != '"' && quoted.charAt(0) != '\'') {
      throw bad();
    }
    return quoted.substring(1, quoted.length() - 1);
  }

  private String word() {
    String word = token;
    if (word.isEmpty()) {
      throw bad();
    }
    advance();
    return word;
  }

  private void take(String expected) {
    if (!token.equals(expected)) {
      throw bad();
    }
    advance();
  }

  private static boolean compare(String found, String operator, String value) {
    int order = found.compareTo(value);
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw bad();
    };
  }

  private record Named(String name, Map<String, String> fields) {}

  private static List<Map<String, String>> elements(RecordingInformation recording, String name) {
    return all(recording).stream().filter(n -> n.name().equals(name)).map(Named::fields).toList();
  }

  private static List<Named> all(RecordingInformation recording) {
    TrackInformation track = recording.Track.get(0);
    return List.of(
        new Named(
            "RecordingInformation",
            Map.of(
                "RecordingToken", recording.RecordingToken,
                "EarliestRecording", text(recording.EarliestRecording),
                "LatestRecording", text(recording.LatestRecording),
                "Content", recording.Content,
                "RecordingStatus", recording.RecordingStatus)),
        new Named(
            "Source",
            Map.of(
                "SourceId", recording.Source.SourceId,
                "Name", recording.Source.Name,
                "Location", recording.Source.Location,
                "Description", recording.Source.Description,
                "Address", recording.Source.Address)),
        new Named(
            "Track",
            Map.of(
                "TrackToken", track.TrackToken,
                "TrackType", track.TrackType,
                "Description", track.Description,
                "DataFrom", track.DataFrom,
                "DataTo", track.DataTo)));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static OnvifFault bad() {
    return OnvifFault.invalid("InvalidFilterFault", "no filter of the search dialect");
  }
}
