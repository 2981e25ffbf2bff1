// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.egress.Destination;
import org.refcam.egress.InvalidDestinationException;

class RemoteSettingsTest {
  static final String RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

  static RemoteSettings s3(String host, String place) {
    return new RemoteSettings(
        true,
        "s3",
        host,
        443,
        "VN",
        false,
        place,
        "us-east-1",
        true,
        "user",
        "secret",
        "",
        "",
        "",
        "",
        RECIPIENT,
        0);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp, host, VN, place, user, secret, kind",
    "s3, '', VN, place, user, secret, host",
    "s3, host, '', place, user, secret, country",
    "s3, host, VN, '', user, secret, place",
    "s3, host, VN, UPPER, user, secret, place",
    "s3, host, VN, a..b, user, secret, place",
    "s3, host, VN, a/b, user, secret, place",
    "s3, host, VN, place, '', secret, user",
    "s3, host, VN, place, user, '', secret",
    "sftp, host, VN, /a/../b, user, secret, place",
    "sftp, host, VN, /a/b, user, secret, hostKeySha256"
  })
  void constructor_badField_isNamed(
      String kind,
      String host,
      String country,
      String place,
      String user,
      String secret,
      String field) {
    assertThatThrownBy(
            () ->
                new RemoteSettings(
                    true,
                    kind,
                    host,
                    443,
                    country,
                    false,
                    place,
                    "us-east-1",
                    true,
                    user,
                    secret,
                    "",
                    "",
                    "",
                    "",
                    RECIPIENT,
                    0))
        .isInstanceOfSatisfying(
            InvalidDestinationException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void constructor_noRecoveryKey_refused() {
    assertThatThrownBy(
            () ->
                new RemoteSettings(
                    true,
                    "s3",
                    "host",
                    443,
                    "VN",
                    false,
                    "place",
                    "us-east-1",
                    true,
                    "user",
                    "secret",
                    "",
                    "",
                    "",
                    "",
                    "",
                    0))
        .isInstanceOfSatisfying(
            InvalidDestinationException.class, e -> assertThat(e.field()).isEqualTo("recipient"));
  }

  @Test
  void json_roundTrip_isTheSame() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    RemoteSettings one = s3("host", "place");
    assertThat(json.readValue(json.writeValueAsString(one), RemoteSettings.class)).isEqualTo(one);
    assertThat(json.readValue(json.writeValueAsString(RemoteSettings.OFF), RemoteSettings.class))
        .isEqualTo(RemoteSettings.OFF);
  }

  @Test
  void toString_showsNoSecret() {
    assertThat(s3("host", "place").toString()).doesNotContain("secret").doesNotContain("user");
  }

  @Test
  void calledHost_virtualStyle_hasTheBucketInFront() {
    RemoteSettings virtual =
        new RemoteSettings(
            true,
            "s3",
            "s3.example.vn",
            443,
            "VN",
            false,
            "clips",
            "us-east-1",
            false,
            "user",
            "secret",
            "",
            "",
            "",
            "",
            RECIPIENT,
            0);
    assertThat(virtual.destinations())
        .singleElement()
        .extracting(Destination::host)
        .isEqualTo("clips.s3.example.vn");
  }

  @Test
  void keepingSecretsOf_otherHost_keepsNone() {
    RemoteSettings before = s3("host", "place");
    RemoteSettings blank =
        new RemoteSettings(
            false,
            "s3",
            "elsewhere",
            443,
            "VN",
            false,
            "place",
            "us-east-1",
            true,
            "user",
            "",
            "",
            "",
            "",
            "",
            RECIPIENT,
            0);
    assertThat(blank.keepingSecretsOf(before).secret()).isEmpty();
    RemoteSettings same =
        new RemoteSettings(
            false,
            "s3",
            "host",
            443,
            "VN",
            false,
            "other",
            "us-east-1",
            true,
            "user",
            "",
            "",
            "",
            "",
            "",
            RECIPIENT,
            0);
    assertThat(same.keepingSecretsOf(before).secret()).isEqualTo("secret");
  }
}
