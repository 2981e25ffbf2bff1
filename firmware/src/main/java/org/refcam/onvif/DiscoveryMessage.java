// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.refcam.onvif.InvalidEnvelopeException.Reason;

/**
 * A Probe or Resolve of WS-Discovery (April 2005, as ONVIF uses it). Immutable.
 *
 * @param kind what is asked
 * @param messageId to which the answer relates
 * @param types asked for, as local names; empty for any
 * @param scopes asked for; empty for any
 * @param endpoint of a Resolve
 */
record DiscoveryMessage(
    Kind kind, String messageId, List<String> types, List<String> scopes, String endpoint) {
  static final String NAMESPACE = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
  static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

  private static final Set<String> OUR_TYPES = Set.of("NetworkVideoTransmitter", "Device");
  private static final int LONGEST_ID = 128;

  enum Kind {
    PROBE,
    RESOLVE
  }

  /**
   * Reads a datagram; empty for other messages of the protocol, such as a neighbour's Hello.
   *
   * @throws InvalidEnvelopeException if it is no envelope within the bounds
   */
  static Optional<DiscoveryMessage> parse(byte[] datagram) throws InvalidEnvelopeException {
    DiscoveryReader reader = new DiscoveryReader();
    new EnvelopeGuard().read(datagram, reader);
    QName request = reader.request();
    String id = reader.text(new QName(ADDRESSING, "MessageID"));
    if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c <= ' ')) {
      throw new InvalidEnvelopeException(Reason.NOT_SOAP);
    }
    Kind kind;
    if (request.equals(new QName(NAMESPACE, "Probe"))) {
      kind = Kind.PROBE;
    } else if (request.equals(new QName(NAMESPACE, "Resolve"))) {
      kind = Kind.RESOLVE;
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new DiscoveryMessage(
            kind,
            id,
            local(words(reader.text(new QName(NAMESPACE, "Types")))),
            words(reader.text(new QName(NAMESPACE, "Scopes"))),
            reader.text(new QName(ADDRESSING, "Address"))));
  }

  /** Whether a camera with these scopes and this endpoint is meant. */
  boolean means(List<String> ours, String ourEndpoint) {
    return kind == Kind.RESOLVE
        ? endpoint.equals(ourEndpoint)
        : OUR_TYPES.containsAll(types) && scopes.stream().allMatch(asked -> matches(asked, ours));
  }

  /** Matching by RFC 3986: the asked path's segments are the first of ours. */
  private static boolean matches(String asked, List<String> ours) {
    String prefix = asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
    return ours.stream().anyMatch(scope -> scope.equals(prefix) || scope.startsWith(prefix + "/"));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static List<String> local(List<String> names) {
    List<String> local = new ArrayList<>();
    names.forEach(name -> local.add(name.substring(name.indexOf(':') + 1)));
    return local;
  }
}
