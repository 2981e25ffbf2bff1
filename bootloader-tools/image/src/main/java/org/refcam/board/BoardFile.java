// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.refcam.board.InvalidBoardException.Reason;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@code board.yaml} into a {@link Board}. The form is {@code
 * board-configs/board.schema.json}; a test holds both to the same samples.
 */
public final class BoardFile {
  private static final int CODE_POINTS_MAX = 16 * 1024;
  private static final int LINE_MAX = 511;
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern DEVICE = Pattern.compile("/dev/video[0-9]+");
  private static final Pattern ROOT_OF_TRUST =
      Pattern.compile("development|pi-otp|tpm2:.{1,200}|pkcs11:.{1,500}");
  private static final Set<String> ARCHITECTURES = Set.of("x86_64", "aarch64", "armhf");

  private BoardFile() {}

  /**
   * @throws InvalidBoardException naming the first field that is wrong
   */
  public static Board parse(String yaml) throws InvalidBoardException {
    Map<?, ?> root =
        fields(
            load(yaml),
            "",
            Set.of(
                "id",
                "name",
                "architectures",
                "status",
                "capture",
                "encoder",
                "rootOfTrust",
                "button"));
    String id = text(root, "id");
    require(ID.matcher(id).matches(), "id", "lower-case words joined by '-'");
    String name = text(root, "name");
    require(!name.isEmpty() && name.length() <= 80, "name", "1 to 80 characters");
    Object architectures = value(root, "architectures");
    require(
        architectures instanceof List<?> list
            && !list.isEmpty()
            && ARCHITECTURES.containsAll(list)
            && Set.copyOf(list).size() == list.size(),
        "architectures",
        "a list of " + ARCHITECTURES);
    return new Board(
        id, name, status(root), capture(root), encoder(root), rootOfTrust(root), button(root));
  }

  private static String rootOfTrust(Map<?, ?> root) throws InvalidBoardException {
    if (!root.containsKey("rootOfTrust")) {
      return "development";
    }
    String name = text(root, "rootOfTrust");
    require(
        ROOT_OF_TRUST.matcher(name).matches(),
        "rootOfTrust",
        "development, tpm2:DEVICE, pkcs11:... or pi-otp");
    return name;
  }

  private static Optional<Board.Button> button(Map<?, ?> root) throws InvalidBoardException {
    if (!root.containsKey("button")) {
      return Optional.empty();
    }
    Map<?, ?> button = fields(value(root, "button"), "button.", Set.of("line", "lamp"));
    int line = number(button, "button.line", 0, LINE_MAX);
    if (!button.containsKey("lamp")) {
      return Optional.of(new Board.Button(line, Optional.empty()));
    }
    int lamp = number(button, "button.lamp", 0, LINE_MAX);
    require(lamp != line, "button.lamp", "another line than the button's");
    return Optional.of(new Board.Button(line, Optional.of(lamp)));
  }

  private static Object load(String yaml) throws InvalidBoardException {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel("board.yaml")
              .setCodePointLimit(CODE_POINTS_MAX)
              .setAllowDuplicateKeys(false)
              .build();
      Object root = new Load(settings).loadFromString(yaml);
      return root == null ? Map.of() : root;
    } catch (YamlEngineException e) {
      throw new InvalidBoardException(Reason.SYNTAX, "file", String.valueOf(e.getMessage()));
    }
  }

  private static Board.Status status(Map<?, ?> root) throws InvalidBoardException {
    return switch (text(root, "status")) {
      case "emulated" -> Board.Status.EMULATED;
      case "built" -> Board.Status.BUILT;
      case "hardware-not-yet-run" -> Board.Status.HARDWARE_NOT_YET_RUN;
      default -> throw bad("status", "emulated, built or hardware-not-yet-run");
    };
  }

  private static Board.Capture capture(Map<?, ?> root) throws InvalidBoardException {
    Map<?, ?> capture =
        fields(value(root, "capture"), "capture.", Set.of("width", "height", "frameRate"));
    return new Board.Capture(
        number(capture, "capture.width", 160, 1920),
        number(capture, "capture.height", 120, 1080),
        number(capture, "capture.frameRate", 1, 60));
  }

  private static Board.Encoder encoder(Map<?, ?> root) throws InvalidBoardException {
    Map<?, ?> encoder =
        fields(value(root, "encoder"), "encoder.", Set.of("kind", "device", "bitsPerSecond"));
    int bitsPerSecond = number(encoder, "encoder.bitsPerSecond", 100_000, 20_000_000);
    String kind = text(encoder, "encoder.kind");
    switch (kind) {
      case "software":
        require(!encoder.containsKey("device"), "encoder.device", "of v4l2-m2m only");
        return new Board.Encoder(Optional.empty(), bitsPerSecond);
      case "v4l2-m2m":
        String device = text(encoder, "encoder.device");
        require(DEVICE.matcher(device).matches(), "encoder.device", "/dev/videoN");
        return new Board.Encoder(Optional.of(device), bitsPerSecond);
      default:
        throw bad("encoder.kind", "software or v4l2-m2m");
    }
  }

  private static Map<?, ?> fields(Object value, String prefix, Set<String> known)
      throws InvalidBoardException {
    if (!(value instanceof Map<?, ?> map)) {
      throw bad(prefix.isEmpty() ? "file" : prefix.substring(0, prefix.length() - 1), "a mapping");
    }
    for (Object key : map.keySet()) {
      if (!(key instanceof String name) || !known.contains(name)) {
        throw new InvalidBoardException(
            Reason.UNKNOWN_FIELD, prefix + key, "not one of " + String.join(", ", known));
      }
    }
    return map;
  }

  private static Object value(Map<?, ?> map, String path) throws InvalidBoardException {
    Object value = map.get(path.substring(path.lastIndexOf('.') + 1));
    if (value == null) {
      throw new InvalidBoardException(Reason.MISSING, path, "missing");
    }
    return value;
  }

  private static String text(Map<?, ?> map, String path) throws InvalidBoardException {
    if (value(map, path) instanceof String text) {
      return text;
    }
    throw bad(path, "a text");
  }

  private static int number(Map<?, ?> map, String path, int least, int most)
      throws InvalidBoardException {
    if (value(map, path) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw bad(path, String.format(Locale.ROOT, "a number from %d to %d", least, most));
  }

  private static void require(boolean holds, String field, String expected)
      throws InvalidBoardException {
    if (!holds) {
      throw bad(field, expected);
    }
  }

  private static InvalidBoardException bad(String field, String expected) {
    return new InvalidBoardException(Reason.BAD_VALUE, field, "expected " + expected);
  }
}
