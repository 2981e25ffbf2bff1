// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.storage.FileWrites;
import org.refcam.update.UpdateRecord.Candidate;
import org.refcam.update.UpdateRecord.Failed;
import org.refcam.update.UpdateRecord.Phase;
import org.refcam.update.UpdateRecord.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The update record as JSON in {@code update/record.json}. It holds nothing of the owner's and
 * nothing that boots by it: a damaged one costs the list of failed bundles, so it counts as none.
 */
final class RecordFile {
  private static final Logger log = LoggerFactory.getLogger(RecordFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES_MAX = 256 * 1024;
  private static final int NOTES_MAX = 8000;

  private final Path file;
  private final FileWrites writes;

  RecordFile(Path file, FileWrites writes) {
    this.file = file;
    this.writes = writes;
  }

  UpdateRecord read() throws IOException {
    try {
      return parse(JsonText.parseObject(Files.readAllBytes(file), BYTES_MAX));
    } catch (NoSuchFileException e) {
      return UpdateRecord.EMPTY;
    } catch (InvalidJsonException | IllegalArgumentException | DateTimeException e) {
      log.warn("the update record is damaged and begins anew", e);
      return UpdateRecord.EMPTY;
    }
  }

  void write(UpdateRecord record) throws IOException {
    writes.replace(file, encode(record));
  }

  static byte[] encode(UpdateRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("phase", record.phase().name());
    record.candidate().ifPresent(candidate -> json.set("candidate", encode(candidate)));
    ArrayNode failed = json.putArray("failed");
    for (Failed one : record.failed()) {
      failed
          .addObject()
          .put("sha256", one.sha256())
          .put("version", one.version())
          .put("why", one.why())
          .put("when", one.when().toString());
    }
    ObjectNode times = json.putObject("times");
    new TreeMap<>(record.times()).forEach((step, at) -> times.put(step.name(), at.toString()));
    record.lastCheck().ifPresent(at -> json.put("lastCheck", at.toString()));
    record.lastProblem().ifPresent(reason -> json.put("lastProblem", reason.name()));
    record.postponedUntil().ifPresent(at -> json.put("postponedUntil", at.toString()));
    json.put("timeFloor", record.timeFloor().toString());
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values always has a text", e);
    }
  }

  private static ObjectNode encode(Candidate candidate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sha256", candidate.sha256());
    json.put("length", candidate.length());
    candidate.path().ifPresent(path -> json.put("path", path));
    json.put("version", candidate.version());
    json.put("securityVersion", candidate.securityVersion());
    candidate.slot().ifPresent(slot -> json.put("slot", slot.name()));
    candidate.severity().ifPresent(text -> json.put("severity", text));
    candidate.advisory().ifPresent(text -> json.put("advisory", text));
    ObjectNode notes = json.putObject("notes");
    new TreeMap<>(candidate.notes())
        .forEach((language, text) -> notes.put(language, bounded(text)));
    return json;
  }

  private static String bounded(String text) {
    return text.length() <= NOTES_MAX ? text : text.substring(0, NOTES_MAX);
  }

  private static UpdateRecord parse(JsonObject json) throws InvalidJsonException {
    List<Failed> failed = new ArrayList<>();
    for (JsonObject one : json.list("failed")) {
      failed.add(
          new Failed(
              one.text("sha256"),
              one.text("version"),
              one.text("why"),
              Instant.parse(one.text("when"))));
    }
    Map<Step, Instant> times = new EnumMap<>(Step.class);
    JsonObject stored = json.object("times");
    for (Step step : Step.values()) {
      stored.findText(step.name()).ifPresent(at -> times.put(step, Instant.parse(at)));
    }
    return new UpdateRecord(
        Phase.valueOf(json.text("phase")),
        json.has("candidate") ? Optional.of(candidate(json.object("candidate"))) : Optional.empty(),
        failed,
        times,
        json.findText("lastCheck").map(Instant::parse),
        json.findText("lastProblem").map(UpdateException.Reason::valueOf),
        json.findText("postponedUntil").map(Instant::parse),
        Instant.parse(json.text("timeFloor")));
  }

  private static Candidate candidate(JsonObject json) throws InvalidJsonException {
    Map<String, String> notes = new TreeMap<>();
    JsonObject texts = json.object("notes");
    for (String language : List.of("en", "vi")) {
      texts.findText(language).ifPresent(text -> notes.put(language, text));
    }
    return new Candidate(
        json.text("sha256"),
        json.number("length", 0, Long.MAX_VALUE),
        json.findText("path"),
        json.text("version"),
        json.number("securityVersion", 0, Integer.MAX_VALUE),
        json.findText("slot").map(SlotName::valueOf),
        json.findText("severity"),
        json.findText("advisory"),
        notes);
  }
}
