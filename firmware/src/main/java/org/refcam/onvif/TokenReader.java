// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.refcam.onvif.InvalidEnvelopeException.Reason;

/** Picks the UsernameToken out of a header as it streams by. Confined to one reading. */
final class TokenReader {
  private static final QName TOKEN = new QName(Namespaces.WSSE, "UsernameToken");
  private static final QName USERNAME = new QName(Namespaces.WSSE, "Username");
  private static final QName PASSWORD = new QName(Namespaces.WSSE, "Password");
  private static final QName NONCE = new QName(Namespaces.WSSE, "Nonce");
  private static final QName CREATED = new QName(Namespaces.WSU, "Created");
  private static final int LONGEST = 256;

  private final Map<QName, StringBuilder> parts = new HashMap<>();
  private boolean present;
  private boolean digest;

  /** An element of the header begins. */
  void start(QName name, XMLStreamReader reader) throws InvalidEnvelopeException {
    if (name.equals(TOKEN)) {
      if (present) {
        throw new InvalidEnvelopeException(Reason.BAD_TOKEN);
      }
      present = true;
    } else if (name.equals(PASSWORD)) {
      String type = reader.getAttributeValue(null, "Type");
      digest = type != null && type.endsWith("#PasswordDigest");
    }
  }

  /**
   * @param path open elements, the innermost first
   */
  void text(Deque<QName> path, String part) throws InvalidEnvelopeException {
    QName name = path.getFirst();
    boolean ours =
        name.equals(USERNAME)
            || name.equals(PASSWORD)
            || name.equals(NONCE)
            || name.equals(CREATED);
    if (!ours || !path.contains(TOKEN)) {
      return;
    }
    StringBuilder so = parts.computeIfAbsent(name, n -> new StringBuilder());
    if (so.length() + part.length() > LONGEST) {
      throw new InvalidEnvelopeException(Reason.BAD_TOKEN);
    }
    so.append(part);
  }

  /** Empty if the header has none. */
  Optional<UsernameToken> token() throws InvalidEnvelopeException {
    if (!present) {
      return Optional.empty();
    }
    Optional<String> username = part(USERNAME);
    if (username.isEmpty()) {
      throw new InvalidEnvelopeException(Reason.BAD_TOKEN);
    }
    return Optional.of(
        new UsernameToken(
            username.get(), part(PASSWORD).orElse(""), digest, part(NONCE), part(CREATED)));
  }

  private Optional<String> part(QName name) {
    return Optional.ofNullable(parts.get(name))
        .map(text -> text.toString().trim())
        .filter(text -> !text.isEmpty());
  }
}
