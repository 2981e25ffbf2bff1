// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.security.GeneralSecurityException;
import java.util.List;

/** Faults of ports, TLS and certificates. */
final class PortMutants {
  private PortMutants() {}

  static List<Mutant> network() throws GeneralSecurityException {
    Certificates.Server expired = Certificates.expired();
    Certificates.Server weak = Certificates.weak();
    Certificates.Server rsa = Certificates.strongRsa();
    return List.of(
        Mutant.of(
            "plain HTTP port",
            "plain.http",
            "csp-encrypted-in-transit",
            s -> s.extra("plain-http")),
        Mutant.of(
            "plain RTSP port", "plain.rtsp", "onvif-secure-streaming", s -> s.extra("plain-rtsp")),
        Mutant.of(
            "Telnet left on", "ports.debug", "debug-interfaces-disabled", s -> s.extra("telnet")),
        Mutant.of(
            "Java debugger left on",
            "ports.debug",
            "debug-interfaces-disabled",
            s -> s.extra("jdwp")),
        Mutant.of(
            "undeclared port",
            "ports.declared",
            "unused-interfaces-disabled",
            s -> s.extra("silent")),
        Mutant.of(
            "TLS 1.0 accepted", "tls.versions", "onvif-tls-baseline", s -> s.protocol("TLSv1")),
        Mutant.of(
            "anonymous TLS suite",
            "tls.suites",
            "onvif-tls-baseline",
            s -> s.suite("TLS_ECDH_anon_WITH_AES_128_CBC_SHA")),
        Mutant.of(
            "NULL TLS suite",
            "tls.suites",
            "en18031-cry",
            s -> s.server(rsa).suite("TLS_ECDHE_RSA_WITH_NULL_SHA")),
        Mutant.of(
            "port over IPv6 only",
            "ports.families",
            "unused-interfaces-disabled",
            s -> s.extra("silent-ipv6")),
        Mutant.of("RSA 1024", "tls.key", "onvif-tls-baseline", s -> s.server(weak)),
        Mutant.of(
            "expired certificate", "tls.validity", "secure-communication", s -> s.server(expired)));
  }
}
