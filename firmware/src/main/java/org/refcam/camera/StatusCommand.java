// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code refcam status}: asks the camera that runs on a data directory. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells what the camera does; asked on the machine it runs on.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {"0:it runs", "1:it cannot be told, see the line", "3:it does not run"})
final class StatusCommand implements Callable<Integer> {
  private static final int STOPPED = 3; // as init scripts say it

  @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
  Path data = RunOptions.defaultData();

  @Option(names = "--json", description = "As JSON")
  boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data.resolve("keys"))) {
      throw Files.isReadable(data) || !Files.exists(data)
          ? new NoSuchFileException(data.toString(), null, "no camera ever ran here")
          : new IOException("no permission to read " + data);
    }
    Optional<byte[]> answer = StatusSocket.ask(data);
    byte[] json = answer.orElseGet(() -> LocalStatus.json(LocalStatus.stopped()));
    if (asJson) {
      System.out.println(new String(json, StandardCharsets.UTF_8));
    } else {
      System.out.print(text(new ObjectMapper().readTree(json)));
    }
    return answer.isPresent() ? 0 : STOPPED;
  }

  /** The same for people. */
  static String text(JsonNode status) {
    StringBuilder text = new StringBuilder();
    line(text, "state", status.path("state"));
    line(text, "serial", status.path("serial"));
    line(text, "version", status.path("version"));
    line(text, "page", status.path("https"));
    line(text, "RTSP", status.path("rtsps"));
    line(text, "ONVIF", status.path("onvif"));
    if (status.has("plainRtspPort")) {
      line(text, "RTSP", "port " + status.path("plainRtspPort").asInt() + ", WITHOUT encryption");
    }
    line(text, "source", status.path("source"));
    line(text, "key", status.path("assurance"));
    if (status.has("uptimeSeconds")) {
      line(text, "up", duration(status.path("uptimeSeconds").asLong()));
    }
    for (JsonNode stream : status.path("streams")) {
      line(
          text,
          stream.path("name").asText(),
          String.format(
              Locale.ROOT,
              "%dx%d, %.1f/s, %.2f Mbit/s, %d viewers",
              stream.path("width").asInt(),
              stream.path("height").asInt(),
              stream.path("frameRate").asDouble(),
              stream.path("bitsPerSecond").asInt() / 1e6,
              stream.path("viewers").asInt()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, JsonNode value) {
    if (value.isTextual()) {
      line(text, name, value.asText());
    }
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-8s %s%n", name, value));
  }

  private static String duration(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    return String.format(
        Locale.ROOT,
        "%dd %02d:%02d:%02d",
        time.toDays(),
        time.toHoursPart(),
        time.toMinutesPart(),
        time.toSecondsPart());
  }
}
