// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.util.List;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * What a bundle says of itself in {@code sw-description}.
 *
 * @param version for people, 1 to 64 of letters, digits and {@code . _ + -}
 * @param securityVersion counts up when older software must no longer boot; 0 if not said
 * @param description for people; may be empty
 * @param canonical whether every byte outside the signed parts is as our writer puts it, so that
 *     any other archive with these parts is refused
 * @param boards at least one, each once
 */
public record BundleManifest(
    String version,
    long securityVersion,
    String description,
    boolean canonical,
    List<BoardSoftware> boards) {
  public BundleManifest {
    boards = List.copyOf(boards);
  }

  /**
   * The software for one board.
   *
   * @throws InvalidBundleException WRONG_BOARD
   */
  public BoardSoftware requireFor(String board, String revision) throws InvalidBundleException {
    return boards.stream()
        .filter(software -> software.board().equals(board))
        .filter(software -> software.revisions().contains(revision))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidBundleException(
                    Reason.WRONG_BOARD,
                    "not for " + board + ":" + revision + " but for " + targets()));
  }

  /**
   * @param counter the stored security counter
   * @throws InvalidBundleException OLD_SECURITY_VERSION
   */
  public void requireSecurityVersion(long counter) throws InvalidBundleException {
    if (securityVersion < counter) {
      throw new InvalidBundleException(
          Reason.OLD_SECURITY_VERSION,
          "security version " + securityVersion + ", at least " + counter + " is needed");
    }
  }

  private List<String> targets() {
    return boards.stream().map(software -> software.board() + ":" + software.revisions()).toList();
  }
}
