// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes what the camera says in WS-Discovery. Stateless. */
final class DiscoveryAnswers {
  private static final String ANONYMOUS = DiscoveryMessage.ADDRESSING + "/role/anonymous";
  private static final String EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";

  private DiscoveryAnswers() {}

  /**
   * ProbeMatches or ResolveMatches.
   *
   * @param host at which the asker can reach the camera
   */
  static byte[] match(DiscoveryMessage asked, DeviceControl device, String host, UUID id) {
    String word = asked.kind() == DiscoveryMessage.Kind.PROBE ? "Probe" : "Resolve";
    String body =
        "<d:%sMatches><d:%sMatch>%s</d:%sMatch></d:%sMatches>"
            .formatted(word, word, target(device, host), word, word);
    String relates = "<a:RelatesTo>" + escaped(asked.messageId()) + "</a:RelatesTo>";
    return envelope(word + "Matches", ANONYMOUS, relates, body, id);
  }

  static byte[] hello(DeviceControl device, String host, UUID id) {
    return envelope("Hello", EVERYBODY, "", "<d:Hello>" + target(device, host) + "</d:Hello>", id);
  }

  static byte[] bye(DeviceControl device, UUID id) {
    return envelope("Bye", EVERYBODY, "", "<d:Bye>" + endpoint(device) + "</d:Bye>", id);
  }

  private static String target(DeviceControl device, String host) {
    return endpoint(device)
        + "<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>"
        + escaped(String.join(" ", DiscoveryScopes.all(device)))
        + "</d:Scopes><d:XAddrs>https://%s:%d/onvif/device_service</d:XAddrs>"
            .formatted(host, device.facts().httpsPort())
        + "<d:MetadataVersion>1</d:MetadataVersion>";
  }

  private static String endpoint(DeviceControl device) {
    return "<a:EndpointReference><a:Address>"
        + device.facts().endpoint()
        + "</a:Address></a:EndpointReference>";
  }

  private static byte[] envelope(String action, String to, String relates, String body, UUID id) {
    String text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
            + Namespaces.SOAP
            + "\" xmlns:a=\""
            + DiscoveryMessage.ADDRESSING
            + "\" xmlns:d=\""
            + DiscoveryMessage.NAMESPACE
            + "\" xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\" xmlns:tds=\""
            + Namespaces.TDS
            + "\"><s:Header><a:Action>"
            + DiscoveryMessage.NAMESPACE
            + "/"
            + action
            + "</a:Action><a:MessageID>urn:uuid:"
            + id
            + "</a:MessageID><a:To>"
            + to
            + "</a:To>"
            + relates
            + "</s:Header><s:Body>"
            + body
            + "</s:Body></s:Envelope>";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
