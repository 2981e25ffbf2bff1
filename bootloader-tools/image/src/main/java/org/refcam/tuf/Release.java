// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;

/**
 * A bundle offered to cameras: a target and what its {@code custom} part says of it. Immutable.
 *
 * <pre>
 *   "custom": {"refcam-release": {
 *      "channel": "stable", "board": "generic", "revision": "1.0", "version": "1.2.3",
 *      "security-version": 7, "rollout-percent": 25, "published": "2026-11-25T12:00:00Z",
 *      "severity": "high", "advisory": "REFCAM-2026-0001",
 *      "sbom": PATH, "vex": PATH, "notes": {"en": "...", "vi": "..."}}}
 * </pre>
 *
 * @param target the bundle
 * @param channel such as {@code stable}
 * @param rolloutPercent of the cameras that are offered it, 0 to 100
 * @param severity of the security fault it mends: low, medium, high, critical; empty if it mends
 *     none
 * @param advisory id of that fault's advisory
 * @param attachments targets beside it by kind: {@code sbom}, {@code vex}
 * @param notes for people by language
 */
public record Release(
    TargetFile target,
    String channel,
    String board,
    String revision,
    String version,
    long securityVersion,
    int rolloutPercent,
    Instant published,
    Optional<String> severity,
    Optional<String> advisory,
    Map<String, String> attachments,
    Map<String, String> notes) {
  /** Severities, rising. */
  public static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");

  private static final String FIELD = "refcam-release";
  private static final List<String> ATTACHMENTS = List.of("sbom", "vex");
  private static final int PERCENT_MAX = 100;

  public Release {
    attachments = Map.copyOf(attachments);
    notes = Map.copyOf(notes);
    if (rolloutPercent < 0 || rolloutPercent > PERCENT_MAX) {
      throw new IllegalArgumentException("rollout " + rolloutPercent);
    }
    if (severity.isPresent() && !SEVERITIES.contains(severity.get())) {
      throw new IllegalArgumentException("severity " + severity.get());
    }
  }

  /** Whether it mends a security fault. */
  public boolean isSecurityFix() {
    return severity.isPresent();
  }

  /**
   * Whether this camera is among those offered it. A camera's place is the same each time it asks,
   * differs from release to release, and stays inside as the percentage grows.
   */
  public boolean isOfferedTo(String serial) {
    byte[] hash = Hashes.sha256((target.path() + "\n" + serial).getBytes(StandardCharsets.UTF_8));
    int place = ((hash[0] & 0xFF) << 16 | (hash[1] & 0xFF) << 8 | hash[2] & 0xFF) % PERCENT_MAX;
    return place < rolloutPercent;
  }

  /**
   * The releases for one board in one channel, the newest published first. A target whose custom
   * part is not a release is passed over.
   */
  public static List<Release> list(TargetsMetadata targets, String channel, String board) {
    List<Release> found = new ArrayList<>();
    for (TargetFile target : targets.targets().values()) {
      find(target)
          .filter(release -> release.channel.equals(channel) && release.board.equals(board))
          .ifPresent(found::add);
    }
    found.sort(java.util.Comparator.comparing(Release::published).reversed());
    return found;
  }

  /** The release that a target is, if it is one. */
  public static Optional<Release> find(TargetFile target) {
    if (!target.custom().has(FIELD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(target, JsonObject.of("custom", target.custom()).object(FIELD)));
    } catch (InvalidJsonException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty(); // signed by targets, but of a form that this version does not know
    }
  }

  private static Release parse(TargetFile target, JsonObject custom) throws InvalidJsonException {
    Map<String, String> attachments = new TreeMap<>();
    for (String kind : ATTACHMENTS) {
      custom.findText(kind).ifPresent(path -> attachments.put(kind, path));
    }
    Map<String, String> notes = new TreeMap<>();
    if (custom.has("notes")) {
      JsonObject texts = custom.object("notes");
      for (String language : List.of("en", "vi")) {
        texts.findText(language).ifPresent(text -> notes.put(language, text));
      }
    }
    return new Release(
        target,
        custom.text("channel"),
        custom.text("board"),
        custom.text("revision"),
        custom.text("version"),
        custom.number("security-version", 0, Integer.MAX_VALUE),
        (int) custom.number("rollout-percent", 0, PERCENT_MAX),
        Instant.parse(custom.text("published")),
        custom.findText("severity").map(text -> text.toLowerCase(Locale.ROOT)),
        custom.findText("advisory"),
        attachments,
        notes);
  }

  /** The target with its custom part, as the targets role lists it. */
  public TargetFile toTarget() {
    ObjectNode custom = JsonNodeFactory.instance.objectNode();
    ObjectNode json = custom.putObject(FIELD);
    json.put("channel", channel).put("board", board).put("revision", revision);
    json.put("version", version).put("security-version", securityVersion);
    json.put("rollout-percent", rolloutPercent).put("published", published.toString());
    severity.ifPresent(text -> json.put("severity", text));
    advisory.ifPresent(text -> json.put("advisory", text));
    new TreeMap<>(attachments).forEach(json::put);
    if (!notes.isEmpty()) {
      ObjectNode texts = json.putObject("notes");
      new TreeMap<>(notes).forEach(texts::put);
    }
    return new TargetFile(target.path(), target.length(), target.hashes(), custom);
  }
}
