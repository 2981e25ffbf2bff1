// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.Optional;
import org.refcam.board.Board;
import org.refcam.erase.EraseOrigin;
import org.refcam.erase.EraseRequest;
import org.refcam.erase.GpioButton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The board's button, if its file names one. Stateless. */
final class ResetButton {
  private static final Logger log = LoggerFactory.getLogger(ResetButton.class);

  private ResetButton() {}

  /** A button whose lines cannot be had leaves the camera running, and the log says so. */
  static Optional<GpioButton> open(Board board, EraseRequest erase) {
    if (board.button().isEmpty()) {
      return Optional.empty();
    }
    Board.Button lines = board.button().get();
    try {
      GpioButton button =
          GpioButton.open(
              new GpioButton.Lines(lines.line(), lines.lamp(), lines.activeHigh()),
              () -> erase(erase));
      button.start();
      return Optional.of(button);
    } catch (RuntimeException | UnsatisfiedLinkError e) { // Pi4J's are all unchecked
      log.error("no button on line {}: {}", lines.line(), e.toString());
      return Optional.empty();
    }
  }

  private static void erase(EraseRequest erase) {
    try {
      erase.erase(EraseOrigin.BUTTON);
    } catch (IOException e) {
      log.error("the button was held, but the erase did not come to its end", e);
    }
  }
}
