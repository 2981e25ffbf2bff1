// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.refcam.crypto.Sha256;

/** Against the examples that AWS publishes for Signature Version 4. */
class AwsSignerTest {
  private static final String EMPTY = Sha256.hex(new byte[0]);
  private static final String HOST = "examplebucket.s3.amazonaws.com";
  private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
  private final AwsSigner s3 =
      new AwsSigner(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3");

  @Test
  void sign_testSuiteGetVanilla() {
    AwsSigner signer =
        new AwsSigner(
            "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service");
    Map<String, String> signed =
        signer.sign(
            "GET",
            "example.amazonaws.com",
            "/",
            "",
            Map.of(),
            EMPTY,
            Instant.parse("2015-08-30T12:36:00Z"));
    assertThat(signed.get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature="
                + "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void sign_s3GetObject() {
    Map<String, String> headers = Map.of("range", "bytes=0-9", "x-amz-content-sha256", EMPTY);
    assertThat(signature("GET", "/test.txt", "", headers, EMPTY))
        .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void sign_s3PutObject() {
    String body = Sha256.hex("Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII));
    Map<String, String> headers =
        Map.of(
            "date", "Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-storage-class", "REDUCED_REDUNDANCY",
            "x-amz-content-sha256", body);
    assertThat(signature("PUT", "/test%24file.text", "", headers, body))
        .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void sign_s3BucketLifecycle_andList() {
    Map<String, String> headers = Map.of("x-amz-content-sha256", EMPTY);
    assertThat(signature("GET", "/", "lifecycle=", headers, EMPTY))
        .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(signature("GET", "/", "max-keys=2&prefix=J", headers, EMPTY))
        .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void encode_uploadIds_asTheSignatureWants() {
    assertThat(S3Store.encode("aZ0-._~/+= \u1ea1")).isEqualTo("aZ0-._~%2F%2B%3D%20%E1%BA%A1");
  }

  private String signature(
      String method, String path, String query, Map<String, String> headers, String body) {
    String authorization =
        Objects.requireNonNull(
            s3.sign(method, HOST, path, query, headers, body, TIME).get("Authorization"));
    return authorization.substring(authorization.indexOf("Signature=") + 10);
  }
}
