// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.onvif.InvalidEnvelopeException.Reason;

class EnvelopeGuardTest {
  private static final String GOOD =
      SmallCamera.envelope("", Namespaces.TDS, "GetHostname", "<n:a>x</n:a>");
  private final EnvelopeGuard guard = new EnvelopeGuard();

  private Envelope read(String text) throws InvalidEnvelopeException {
    return guard.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String text, Reason reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            InvalidEnvelopeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void read_goodEnvelope_namesTheRequest() throws Exception {
    Envelope envelope = read(GOOD);
    assertThat(envelope.request()).isEqualTo(new QName(Namespaces.TDS, "GetHostname"));
    assertThat(envelope.token()).isEmpty();
  }

  @Test
  @DisplayName("INV-ONVIF-1 billion laughs, outside entities, depth, width and size are refused")
  void read_attacks_refused() {
    assertRefused(
        "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;&b;\">]>" + GOOD, Reason.FORBIDDEN);
    assertRefused(
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + GOOD.replace(">x<", ">&x;<"),
        Reason.FORBIDDEN);
    assertRefused(GOOD.replace(">x<", ">&undeclared;<"), Reason.NOT_WELL_FORMED);
    assertRefused(GOOD.replace("<n:a>", "<?php x?><n:a>"), Reason.FORBIDDEN);
    String deep = "<n:b>".repeat(10_000) + "</n:b>".repeat(10_000);
    assertRefused(GOOD.replace("<n:a>x</n:a>", deep), Reason.TOO_COMPLEX);
    assertRefused(GOOD.replace("<n:a>x</n:a>", "<n:b/>".repeat(5_000)), Reason.TOO_COMPLEX);
    assertRefused(GOOD.replace(">x<", ">" + "x".repeat(20_000) + "<"), Reason.TOO_COMPLEX);
    StringBuilder attributes = new StringBuilder("<n:a");
    for (int i = 0; i < 40; i++) {
      attributes.append(" a").append(i).append("='1'");
    }
    assertRefused(GOOD.replace("<n:a>", attributes + ">"), Reason.TOO_COMPLEX);
  }

  @Test
  void read_otherEncodings_refused() {
    assertRefused("<?xml version='1.0' encoding='UTF-16'?>" + GOOD, Reason.NOT_UTF8);
    assertThatThrownBy(() -> guard.read(GOOD.getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(InvalidEnvelopeException.class);
  }

  @Test
  void read_notOneRequest_refused() {
    String two = GOOD.replace("</s:Body>", "<n:Other xmlns:n='x'/></s:Body>");
    assertRefused(two, Reason.NOT_SOAP);
    assertRefused(GOOD.replace("</s:Body>", "</s:Body><s:Body><x/></s:Body>"), Reason.NOT_SOAP);
    assertRefused(
        GOOD.replace(Namespaces.SOAP, "http://schemas.xmlsoap.org/soap/envelope/"),
        Reason.NOT_SOAP);
    assertRefused(
        "<s:Envelope xmlns:s='" + Namespaces.SOAP + "'><s:Body/></s:Envelope>", Reason.NOT_SOAP);
  }

  @Test
  void read_damagedBytes_onlyEverItsOwnException() {
    Random random = new Random(4);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = good.clone();
      for (int j = 0; j < 1 + random.nextInt(4); j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        guard.read(damaged);
        read++;
      } catch (InvalidEnvelopeException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
    assertThat(read).isLessThan(3_000);
  }
}
