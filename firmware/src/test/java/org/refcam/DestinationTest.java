// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "'', 443, VN, host",
    "a b, 443, VN, host",
    "a/../b, 443, VN, host",
    "user@host, 443, VN, host",
    "-host, 443, VN, host",
    "host., 443, VN, host",
    "host, 0, VN, port",
    "host, 65536, VN, port",
    "host, 443, vn, country",
    "host, 443, XX, country",
    "host, 443, '', country"
  })
  void constructor_badField_isNamed(String host, int port, String country, String field) {
    assertThatThrownBy(
            () -> new Destination(host, port, Purpose.FOOTAGE, country, false, Trust.PLATFORM))
        .isInstanceOfSatisfying(
            InvalidDestinationException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void constructor_hostInCapitals_isOneWithSmallLetters() {
    Destination made =
        new Destination("S3.Example.VN", 443, Purpose.FOOTAGE, "VN", false, Trust.PLATFORM);
    assertThat(made.id()).isEqualTo("footage:s3.example.vn:443");
    assertThat(made.is("s3.EXAMPLE.vn", 443, Purpose.FOOTAGE)).isTrue();
    assertThat(made.is("s3.example.vn", 443, Purpose.UPDATE)).isFalse();
    assertThat(made.is("s3.example.vn", 444, Purpose.FOOTAGE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nas",
        "nas.local",
        "nas.lan",
        "x.home.arpa",
        "localhost",
        "10.0.0.1",
        "192.168.1.9",
        "172.20.1.1",
        "127.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1"
      })
  void soundsLocal_nearNames_yes(String host) {
    assertThat(Destination.soundsLocal(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.example.com", "8.8.8.8", "172.32.0.1", "2400::1", "local.example"})
  void soundsLocal_farNames_no(String host) {
    assertThat(Destination.soundsLocal(host)).isFalse();
  }

  @Test
  void trust_pinAndAuthority_oneOfThem() {
    String pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----";
    assertThatThrownBy(() -> new Trust("ab".repeat(32), pem))
        .isInstanceOf(InvalidDestinationException.class);
    assertThatThrownBy(() -> new Trust("ab", "")).isInstanceOf(InvalidDestinationException.class);
    assertThat(new Trust("AB:".repeat(31) + "AB", "").certificateSha256())
        .isEqualTo("ab".repeat(32));
  }
}
