// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

/**
 * What the services of one camera share. Safe from any thread.
 *
 * @param parts the rest of the camera
 */
public record Rooms(
    OnvifParts parts,
    MediaRoom media,
    Overlay overlay,
    Masks masks,
    RecordingBook recordings,
    FirmwareDoor firmware) {
  static Rooms of(OnvifParts parts, FirmwareDoor firmware) {
    return new Rooms(
        parts,
        new MediaRoom(parts.video(), parts.device(), parts.events()),
        new Overlay(parts.pictures()),
        new Masks(parts.pictures()),
        new RecordingBook(parts.recordings(), parts.clock()),
        firmware);
  }
}
