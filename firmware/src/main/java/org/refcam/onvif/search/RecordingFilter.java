// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.FilterReader;
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
 * &gt;=, which compare texts. Confined to one thread.
 */
final class RecordingFilter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"[^\"]*\"|'[^']*'|//?[A-Za-z]+(?:/[A-Za-z]+)*|[A-Za-z]+|!=|<=|>=|[=<>()\\[\\],])");

  private final FilterReader in;

  private RecordingFilter(String text) {
    in = new FilterReader(text, TOKEN, RecordingFilter::bad);
  }

  /**
   * @throws OnvifFault InvalidArgVal/InvalidFilterFault if it is not of the dialect
   */
  static Predicate<RecordingInformation> parse(String text) {
    RecordingFilter filter = new RecordingFilter(text);
    return filter.in.read(filter::function);
  }

  private Predicate<RecordingInformation> function() {
    return switch (in.next()) {
      case "boolean" -> exists();
      case "contains" -> contains();
      default -> throw bad();
    };
  }

  private Predicate<RecordingInformation> exists() {
    in.take("(");
    String element = element();
    in.take("[");
    String child = in.next();
    String operator = in.next();
    String value = in.quoted();
    in.take("]");
    in.take(")");
    return recording ->
        elements(recording, element).stream()
            .map(fields -> Optional.ofNullable(fields.get(child)))
            .anyMatch(found -> found.isPresent() && compare(found.get(), operator, value));
  }

  private Predicate<RecordingInformation> contains() {
    in.take("(");
    String element = element();
    in.take(",");
    String part = in.quoted();
    in.take(")");
    return recording ->
        all(recording).stream()
            .flatMap(named -> named.fields().entrySet().stream())
            .anyMatch(field -> field.getKey().equals(element) && field.getValue().contains(part));
  }

  private String element() {
    String path = in.next();
    if (!path.startsWith("/")) {
      throw bad();
    }
    return path.substring(path.lastIndexOf('/') + 1);
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
