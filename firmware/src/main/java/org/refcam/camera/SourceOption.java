// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.nio.file.Path;
import java.util.Locale;

/** What {@code --source} asks for. Immutable. */
sealed interface SourceOption {

  /** The first usable V4L2 camera, else the built-in scene; a camera plugged in later is taken. */
  record Auto() implements SourceOption {}

  /** The built-in moving scene. */
  record Scene() implements SourceOption {}

  /** One V4L2 device; awaited when it is unplugged. */
  record V4l2(Path device) implements SourceOption {}

  /** A YUV4MPEG2 file, or standard input for {@code -}. */
  record Y4m(Path file) implements SourceOption {
    boolean standardInput() {
      return file.toString().equals("-");
    }
  }

  /** An H.264 Annex B file, streamed as a camera with its own encoder would. */
  record H264(Path file) implements SourceOption {}

  /** Whether it is a pipe, which cannot be read again from its beginning. */
  default boolean isPipe() {
    return this instanceof Y4m y4m && y4m.standardInput();
  }

  /**
   * Reads {@code auto}, {@code test}, {@code v4l2:/dev/videoN}, {@code y4m:FILE}, {@code y4m:-} or
   * {@code h264:FILE}.
   *
   * @throws IllegalArgumentException with one line that says what was expected
   */
  static SourceOption parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    boolean bare = colon < 0;
    if (bare && kind.equals("auto")) {
      return new Auto();
    }
    if (bare && kind.equals("test")) {
      return new Scene();
    }
    if (!rest.isEmpty()) {
      switch (kind) {
        case "v4l2":
          return new V4l2(Path.of(rest));
        case "y4m":
          return new Y4m(Path.of(rest));
        case "h264":
          return new H264(Path.of(rest));
        default:
      }
    }
    throw new IllegalArgumentException(
        "--source "
            + text
            + ": expected auto, test, v4l2:/dev/videoN, y4m:FILE, y4m:- or h264:FILE");
  }
}
