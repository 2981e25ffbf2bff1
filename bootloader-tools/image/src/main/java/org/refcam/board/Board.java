// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.util.Optional;

/**
 * One board, as {@code board-configs/ID/board.yaml} describes it. Immutable.
 *
 * @param id the folder's name
 * @param name for people
 * @param status how far the board is proven
 * @param capture the picture that it is asked for
 * @param encoder who encodes it
 * @param rootOfTrust where its keys come from, as {@code --root} names it
 * @param button erases the device when it is held; empty if the board has none
 */
public record Board(
    String id,
    String name,
    Status status,
    Capture capture,
    Encoder encoder,
    String rootOfTrust,
    Optional<Button> button) {

  /** What evidence there is that the camera runs on this board. */
  public enum Status {
    /** Our tests run it. */
    EMULATED,
    /** It builds; nobody ran it. */
    BUILT,
    /** Written from documentation; nobody ran it on the real board. */
    HARDWARE_NOT_YET_RUN
  }

  /**
   * The largest picture and rate that the board takes from its camera.
   *
   * @param width pixels
   * @param height pixels
   * @param frameRate pictures a second
   */
  public record Capture(int width, int height, int frameRate) {}

  /**
   * The H.264 encoder.
   *
   * @param device the stateful V4L2 M2M node; empty for the software encoder
   * @param bitsPerSecond default of the main stream
   */
  public record Encoder(Optional<String> device, int bitsPerSecond) {}

  /**
   * A button on the board's GPIO.
   *
   * @param line of the button
   * @param lamp line of the lamp that shows how long it is held, on is high
   * @param activeHigh whether pressed is high; otherwise it is pulled up, and pressed is low
   */
  public record Button(int line, Optional<Integer> lamp, boolean activeHigh) {}
}
