// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.MovableClock;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.DigestAuthenticator.Outcome;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

class DigestAuthenticatorTest {
  private static final InetAddress PEER = InetAddress.getLoopbackAddress();
  private static final String URI = "rtsp://camera:8322/main";
  @TempDir Path data;
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();
  private DigestAuthenticator digest;
  private ClientCredentials clients;
  private ClientCredential client;

  @BeforeEach
  void open() throws Exception {
    clients =
        new ClientCredentials(
            data, SecretBytes.random(32, random), FileWrites.disk(), random, clock);
    client = clients.create("recorder", Role.VIEWER);
    digest =
        new DigestAuthenticator(
            "refcam",
            clients,
            new GuessLimiter(GuessLimiter.Settings.defaults(), clock),
            clock,
            random);
  }

  private String nonce() {
    Matcher m = Pattern.compile("nonce=\"([^\"]+)\"").matcher(digest.challenges().get(0));
    assertThat(m.find()).isTrue();
    return m.group(1);
  }

  private String answer(String algorithm, String password, String nonce, String uri, String nc) {
    boolean qop = !nc.isEmpty();
    String response =
        DigestAuthenticator.response(
            algorithm,
            client.username(),
            "refcam",
            password,
            "DESCRIBE",
            uri,
            nonce,
            qop ? Optional.of(nc + ":c0:auth") : Optional.empty());
    return "Digest username=\"%s\", realm=\"refcam\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=\"%s\""
            .formatted(client.username(), nonce, uri, response, algorithm)
        + (qop ? ", qop=\"auth\", cnonce=\"c0\", nc=" + nc : "");
  }

  private Outcome verify(String header, String uri) {
    return digest.verify(header, "DESCRIBE", uri, Door.RTSP, PEER).outcome();
  }

  @Test
  void rfc7616_example_sha256AndMd5() {
    Optional<String> counts =
        Optional.of("00000001:f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth");
    String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    assertThat(
            DigestAuthenticator.response(
                "SHA-256",
                "Mufasa",
                "http-auth@example.org",
                "Circle of Life",
                "GET",
                "/dir/index.html",
                nonce,
                counts))
        .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    assertThat(
            DigestAuthenticator.response(
                "MD5",
                "Mufasa",
                "http-auth@example.org",
                "Circle of Life",
                "GET",
                "/dir/index.html",
                nonce,
                counts))
        .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
  }

  @Test
  void challenges_offerSha256First_md5Second() {
    List<String> challenges = digest.challenges();
    assertThat(challenges).hasSize(2);
    assertThat(challenges.get(0)).contains("algorithm=SHA-256");
    assertThat(challenges.get(1)).contains("algorithm=MD5");
  }

  @Test
  void rightAnswers_comeIn() {
    for (String algorithm : List.of("MD5", "SHA-256")) {
      assertThat(verify(answer(algorithm, client.password(), nonce(), URI, "00000001"), URI))
          .isEqualTo(Outcome.OK);
    }
    assertThat(verify(answer("MD5", client.password(), nonce(), URI, "00000001"), URI + "/track0"))
        .isEqualTo(Outcome.OK);
  }

  @Test
  void withoutQop_md5Alone() {
    assertThat(verify(answer("MD5", client.password(), nonce(), URI, ""), URI))
        .isEqualTo(Outcome.OK);
    assertThat(verify(answer("SHA-256", client.password(), nonce(), URI, ""), URI))
        .isEqualTo(Outcome.REJECTED);
  }

  @Test
  @DisplayName("INV-ACCESS-2 a recorded answer is not taken again")
  void replay_isStale() {
    String nonce = nonce();
    String second = answer("SHA-256", client.password(), nonce, URI, "00000002");
    assertThat(verify(second, URI)).isEqualTo(Outcome.OK);
    assertThat(verify(second, URI)).isEqualTo(Outcome.STALE);
    assertThat(verify(answer("SHA-256", client.password(), nonce, URI, "00000001"), URI))
        .isEqualTo(Outcome.OK);
  }

  @Test
  void oldOrForeignNonce_isStale() {
    String old = nonce();
    clock.pass(DigestAuthenticator.NONCE_LIFE.plus(Duration.ofSeconds(1)));
    assertThat(verify(answer("MD5", client.password(), old, URI, "00000001"), URI))
        .isEqualTo(Outcome.STALE);
    assertThat(verify(answer("MD5", client.password(), "0".repeat(64), URI, "00000001"), URI))
        .isEqualTo(Outcome.STALE);
  }

  @Test
  void answerForAnotherResource_isRejected() {
    assertThat(
            verify(
                answer("MD5", client.password(), nonce(), URI, "00000001"),
                "rtsp://camera:8322/sub"))
        .isEqualTo(Outcome.REJECTED);
  }

  @Test
  void sixthGuess_evenRight_isLocked() {
    for (int i = 0; i < 5; i++) {
      assertThat(verify(answer("MD5", "wrong", nonce(), URI, "00000001"), URI))
          .isEqualTo(Outcome.REJECTED);
    }
    assertThat(verify(answer("MD5", client.password(), nonce(), URI, "00000001"), URI))
        .isEqualTo(Outcome.LOCKED);
  }

  @Test
  void revokedClient_staysOut() throws Exception {
    clients.revoke(client.username());
    assertThat(verify(answer("MD5", client.password(), nonce(), URI, "00000001"), URI))
        .isEqualTo(Outcome.REJECTED);
  }

  @Test
  void brokenHeaders_areRejected() {
    for (String header :
        List.of("", "Basic abc", "Digest", "Digest a=\"", "Digest a", "Digest a=1, a=2")) {
      assertThat(verify(header, URI)).isEqualTo(Outcome.REJECTED);
    }
  }
}
