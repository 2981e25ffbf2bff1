// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.board.InvalidBoardException.Reason;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@code board.yaml} into a {@link Board}, what the camera must know, or a {@link Platform},
 * what image building must know. {@link BoardSchema} says what is well formed; the few rules that
 * hold between fields are here.
 */
public final class BoardFile {
  private BoardFile() {}

  /**
   * @throws InvalidBoardException naming the first field that is wrong, and its line
   */
  public static Board parse(String yaml) throws InvalidBoardException {
    Fields root = load(yaml);
    return new Board(
        root.text("id"),
        root.text("name"),
        status(root),
        capture(root.fields("capture")),
        encoder(root.fields("encoder")),
        root.find("rootOfTrust").orElse("development"),
        button(root));
  }

  /**
   * @throws InvalidBoardException naming the first field that is wrong, and its line
   */
  public static Platform parsePlatform(String yaml) throws InvalidBoardException {
    parse(yaml);
    return Platform.of(load(yaml));
  }

  private static Fields load(String yaml) throws InvalidBoardException {
    List<Violation> faults = BoardSchema.check(yaml);
    if (!faults.isEmpty()) {
      throw new InvalidBoardException(faults.get(0));
    }
    try {
      Object root = new Load(BoardSchema.settings()).loadFromString(yaml);
      return new Fields((Map<?, ?>) root);
    } catch (YamlEngineException e) {
      throw new InvalidBoardException(BoardSchema.syntax(e));
    }
  }

  private static Optional<Board.Button> button(Fields root) throws InvalidBoardException {
    Optional<Fields> button = root.findFields("button");
    if (button.isEmpty()) {
      return Optional.empty();
    }
    int line = button.get().number("line");
    Optional<Integer> lamp = button.get().findNumber("lamp");
    require(!lamp.equals(Optional.of(line)), "button.lamp", "another line than the button's");
    return Optional.of(new Board.Button(line, lamp, button.get().flag("activeHigh")));
  }

  private static Board.Status status(Fields root) {
    return switch (root.text("status")) {
      case "emulated" -> Board.Status.EMULATED;
      case "built" -> Board.Status.BUILT;
      default -> Board.Status.HARDWARE_NOT_YET_RUN;
    };
  }

  private static Board.Capture capture(Fields capture) {
    return new Board.Capture(
        capture.number("width"), capture.number("height"), capture.number("frameRate"));
  }

  private static Board.Encoder encoder(Fields encoder) throws InvalidBoardException {
    Optional<String> device = encoder.find("device");
    boolean software = encoder.text("kind").equals("software");
    require(!software || device.isEmpty(), "encoder.device", "of v4l2-m2m only");
    if (!software && device.isEmpty()) {
      throw new InvalidBoardException(
          new Violation(Reason.MISSING, "encoder.device", 0, "missing"));
    }
    return new Board.Encoder(device, encoder.number("bitsPerSecond"));
  }

  private static void require(boolean holds, String field, String expected)
      throws InvalidBoardException {
    if (!holds) {
      throw new InvalidBoardException(
          new Violation(Reason.BAD_VALUE, field, 0, "expected " + expected));
    }
  }
}
