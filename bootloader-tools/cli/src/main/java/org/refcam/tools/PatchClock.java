// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;

/**
 * How long each mending took: {@code ledger.json}, a target of the repository, so that the targets
 * role signs it and no mirror can put back an older one.
 *
 * <pre>
 *   {"entries": [{"release": PATH, "kind": "security", "advisory": ID,
 *                 "found": T, "fixed": T, "published": T}]}
 * </pre>
 *
 * Immutable.
 */
record PatchClock(List<Entry> entries) {
  static final String PATH = "ledger.json";

  private static final int BYTES_MAX = 4 * 1024 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  PatchClock {
    entries = List.copyOf(entries);
  }

  /** What was mended, and within which time the regulation's draft wants the mend out. */
  enum Kind {
    /** A hole: three days from finding. */
    SECURITY(Duration.ofDays(3)),
    /** A malfunction: five days. */
    MALFUNCTION(Duration.ofDays(5));

    private final Duration deadline;

    Kind(Duration deadline) {
      this.deadline = deadline;
    }

    Duration deadline() {
      return deadline;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One mended fault; the times in order. */
  record Entry(
      String release,
      Kind kind,
      Optional<String> advisory,
      Instant found,
      Instant fixed,
      Instant published) {
    Entry {
      if (fixed.isBefore(found) || published.isBefore(fixed)) {
        throw new IllegalArgumentException(
            "found " + found + ", fixed " + fixed + ", published " + published + ": out of order");
      }
    }

    Duration taken() {
      return Duration.between(found, published);
    }

    boolean inTime() {
      return taken().compareTo(kind.deadline()) <= 0;
    }
  }

  PatchClock with(Entry entry) {
    List<Entry> all = new ArrayList<>(entries);
    all.add(entry);
    return new PatchClock(all);
  }

  static PatchClock parse(byte[] bytes) throws InvalidJsonException {
    List<Entry> entries = new ArrayList<>();
    for (JsonObject entry : JsonText.parseObject(bytes, BYTES_MAX).list("entries")) {
      try {
        entries.add(
            new Entry(
                entry.text("release"),
                Kind.valueOf(entry.text("kind").toUpperCase(Locale.ROOT)),
                entry.findText("advisory"),
                Instant.parse(entry.text("found")),
                Instant.parse(entry.text("fixed")),
                Instant.parse(entry.text("published"))));
      } catch (IllegalArgumentException | DateTimeException e) {
        InvalidJsonException failure = entry.bad("kind", "a kind and three times in order");
        failure.initCause(e);
        throw failure;
      }
    }
    return new PatchClock(entries);
  }

  byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    var list = root.putArray("entries");
    for (Entry entry : entries) {
      ObjectNode json = list.addObject();
      json.put("release", entry.release()).put("kind", entry.kind().label());
      entry.advisory().ifPresent(id -> json.put("advisory", id));
      json.put("found", entry.found().toString());
      json.put("fixed", entry.fixed().toString());
      json.put("published", entry.published().toString());
    }
    try {
      return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values always has a text", e);
    }
  }
}
