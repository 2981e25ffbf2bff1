// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

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
import java.util.List;
import java.util.Optional;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.storage.FileWrites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record as JSON in {@code health/starts.json}. It lies in the clear, because a camera whose
 * keys do not open must be able to say so; nothing of the owner's is in it. A damaged one counts as
 * none.
 */
final class StartRecordFile {
  private static final Logger log = LoggerFactory.getLogger(StartRecordFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES_MAX = 64 * 1024;
  private static final int COUNT_MAX = 99;

  private final Path file;
  private final FileWrites writes;

  StartRecordFile(Path directory, FileWrites writes) {
    this.file = directory.resolve("starts.json");
    this.writes = writes;
  }

  StartRecord read() throws IOException {
    try {
      return parse(JsonText.parseObject(Files.readAllBytes(file), BYTES_MAX));
    } catch (NoSuchFileException e) {
      return StartRecord.EMPTY;
    } catch (InvalidJsonException | IllegalArgumentException | DateTimeException e) {
      log.warn("the record of starts is damaged and begins anew", e);
      return StartRecord.EMPTY;
    }
  }

  void write(StartRecord record) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      writes.makeDirectory(directory);
    }
    writes.replace(file, encode(record));
  }

  static byte[] encode(StartRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", record.version());
    json.put("inARow", record.inARow());
    record
        .running()
        .ifPresent(
            start ->
                json.putObject("running")
                    .put("since", start.since().toString())
                    .put("version", start.version())
                    .put("slot", start.slot())
                    .put("boot", start.boot()));
    ArrayNode crashes = json.putArray("crashes");
    for (Crash crash : record.crashes()) {
      ObjectNode one = crashes.addObject();
      one.put("time", crash.time().toString())
          .put("version", crash.version())
          .put("slot", crash.slot())
          .put("seconds", crash.seconds())
          .put("cause", crash.cause());
      ArrayNode where = one.putArray("where");
      crash.where().forEach(where::add);
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values always has a text", e);
    }
  }

  private static StartRecord parse(JsonObject json) throws InvalidJsonException {
    List<Crash> crashes = new ArrayList<>();
    for (JsonObject one : json.list("crashes")) {
      crashes.add(
          new Crash(
              Instant.parse(one.text("time")),
              one.text("version"),
              one.text("slot"),
              one.number("seconds", 0, Long.MAX_VALUE),
              one.text("cause"),
              one.texts("where")));
    }
    Optional<StartRecord.Running> running = Optional.empty();
    if (json.has("running")) {
      JsonObject start = json.object("running");
      running =
          Optional.of(
              new StartRecord.Running(
                  Instant.parse(start.text("since")),
                  start.text("version"),
                  start.text("slot"),
                  start.text("boot")));
    }
    return new StartRecord(
        json.text("version"), (int) json.number("inARow", 0, COUNT_MAX), running, crashes);
  }
}
