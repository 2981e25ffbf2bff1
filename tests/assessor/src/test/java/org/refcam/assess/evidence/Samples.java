// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.refcam.assess.reach.TlsSuites;

/** A camera that is as it says. */
final class Samples {
  static final byte[] CERTIFICATE = {1, 2, 3};

  private Samples() {}

  static Facts facts() throws IOException {
    return Facts.of(
        new ObjectMapper()
            .readTree(
                """
                {"format": "refcam-evidence-1", "tables": [
                  {"id": "interfaces", "rows": [
                    {"id": "https", "facts": [
                      {"name": "transport", "values": ["tcp"]}, {"name": "state", "values": ["on"]},
                      {"name": "port", "values": ["8443"]}, {"name": "encrypted", "values": ["true"]},
                      {"name": "protocols", "values": ["TLSv1.3", "TLSv1.2"]}]},
                    {"id": "rtsp-plain", "facts": [
                      {"name": "transport", "values": ["tcp"]}, {"name": "state", "values": ["off"]}]},
                    {"id": "ws-discovery", "facts": [
                      {"name": "transport", "values": ["udp"]}, {"name": "state", "values": ["on"]},
                      {"name": "port", "values": ["3702"]}, {"name": "encrypted", "values": ["false"]}]}]},
                  {"id": "calls", "rows": [
                    {"id": "GET status", "facts": [{"name": "beforeSetUp", "values": ["true"]}]},
                    {"id": "PUT audit/settings", "facts": [{"name": "beforeSetUp", "values": ["false"]}]}]},
                  {"id": "cryptography", "rows": [
                    {"id": "tls", "facts": [{"name": "suites", "values": ["TLS_AES_128_GCM_SHA256"]}]},
                    {"id": "certificate", "facts": [{"name": "sha256", "values": ["%s"]}]}]},
                  {"id": "external-services", "rows": [
                    {"id": "policy", "facts": []},
                    {"id": "log:log.vn:6514", "facts": [{"name": "port", "values": ["6514"]}]}]}]}
                """
                    .formatted(sha256(CERTIFICATE))));
  }

  static TlsSuites.Spoken spoken() {
    return new TlsSuites.Spoken(
        List.of("TLSv1.2", "TLSv1.3"), List.of("TLS_AES_128_GCM_SHA256"), CERTIFICATE);
  }

  static Scan scan() {
    return new Scan(
        Set.of(8443),
        Set.of(3702),
        Map.of(8443, spoken()),
        Set.of("GET status", "PUT audit/settings"),
        Set.of("GET status"),
        Set.of(),
        Set.of("log:log.vn:6514"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
