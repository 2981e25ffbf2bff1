// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.refcam.fdt.FdtToken;
import org.refcam.fdt.FdtTokenReader;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.InvalidFitException.Reason;

/**
 * Which bytes of a FIT a configuration's signature is over: U-Boot's {@code fdt_find_regions}.
 *
 * <p>Of each listed node: its tokens with names and properties, and of its direct children, if they
 * are not listed themselves, only where they begin and end. Left out everywhere are {@code data},
 * {@code data-size}, {@code data-position} and {@code data-offset}: the hash nodes stand for them.
 * Then the tree's END token, then the first bytes of the property names ({@code hashed-strings}).
 */
final class FitRegions {
  private static final Set<String> LEFT_OUT =
      Set.of("data", "data-size", "data-position", "data-offset");

  /** Bytes of a signed message: some kilobytes in every FIT that is meant to boot. */
  private static final int MESSAGE_MAX = 4 << 20;

  private static final int WHOLE = 2;
  private static final int CHILD = 1;
  private static final int NOTHING = 0;

  private final ByteBuffer fit;
  private final Set<String> listed;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private final Deque<Integer> pathLengths = new ArrayDeque<>();
  private final StringBuilder path = new StringBuilder();
  private int want = NOTHING;
  private boolean open;

  private FitRegions(ByteBuffer fit, Set<String> listed) {
    this.fit = fit;
    this.listed = listed;
  }

  /**
   * The signed message.
   *
   * @param fit from the header on
   * @param listed full paths of nodes, the root's is {@code /}
   * @param stringsBytes how many bytes of the property names are signed; at most all
   * @throws InvalidFitException CONTENT if that is more than 4 MiB
   */
  static byte[] message(ByteBuffer fit, Set<String> listed, int stringsBytes)
      throws InvalidFdtException, InvalidFitException {
    return new FitRegions(fit, listed).collect(stringsBytes);
  }

  private byte[] collect(int stringsBytes) throws InvalidFdtException, InvalidFitException {
    FdtTokenReader tokens = new FdtTokenReader(fit);
    while (!tokens.isEnded()) {
      FdtToken token = tokens.next();
      boolean included =
          switch (token.kind()) {
            case BEGIN_NODE -> begin(token.name());
            case PROP -> want == WHOLE && !LEFT_OUT.contains(token.name());
            case NOP -> want == WHOLE;
            case END_NODE -> end();
            case END -> true;
          };
      // U-Boot cuts before a token that is left out, but behind the end of a node that is.
      if (included || (open && token.kind() == FdtToken.Kind.END_NODE)) {
        append(token.offset(), token.end() - token.offset());
      }
      open = included;
    }
    append(tokens.header().stringsOffset(), stringsBytes);
    return message.toByteArray();
  }

  private boolean begin(String name) {
    pathLengths.push(path.length());
    if (path.length() != 1) {
      path.append('/');
    }
    path.append(name);
    outer.push(want);
    if (listed.contains(path.toString())) {
      want = WHOLE;
    } else {
      want = Math.max(NOTHING, want - 1);
    }
    return want >= CHILD;
  }

  private boolean end() {
    boolean included = want >= CHILD;
    want = outer.pop();
    path.setLength(pathLengths.pop());
    return included;
  }

  private void append(int offset, int length) throws InvalidFitException {
    if (length > MESSAGE_MAX - message.size()) {
      throw new InvalidFitException(Reason.CONTENT, "a signature over more than 4 MiB");
    }
    byte[] bytes = new byte[length];
    fit.get(fit.position() + offset, bytes);
    message.writeBytes(bytes);
  }
}
