// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.refcam.crypto.PeerTrust;
import org.refcam.label.Label;
import org.refcam.tools.factory.FactoryException.Reason;

/**
 * A device in factory state over HTTPS, trusted by the certificate on its label alone. Confined to
 * one thread.
 */
final class DeviceDoor {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI base;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  DeviceDoor(URI device, Label label) {
    this.base = device.resolve("/api/v1/");
    this.http =
        HttpClient.newBuilder()
            .sslContext(PeerTrust.context(PeerTrust.certificate(label.certificateSha256()), null))
            .connectTimeout(TIMEOUT)
            .build();
  }

  /** The device's request, PKCS#10 in PEM. */
  byte[] request() throws FactoryException, IOException {
    JsonNode answer = send("factory/request", HttpRequest.newBuilder().GET());
    return answer.path("request").asText("").getBytes(StandardCharsets.US_ASCII);
  }

  void install(Label label, String certificates) throws FactoryException, IOException {
    String body =
        json.writeValueAsString(
            Map.of("labelPassword", label.password(), "certificates", certificates));
    send(
        "factory/certificate",
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private JsonNode send(String path, HttpRequest.Builder request)
      throws FactoryException, IOException {
    try {
      HttpResponse<byte[]> response =
          http.send(
              request.uri(base.resolve(path)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() / 100 != 2) {
        throw new FactoryException(
            Reason.DEVICE_REFUSED,
            path + " answered " + response.statusCode() + " " + answer.path("error").asText(""));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
