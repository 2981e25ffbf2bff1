// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.Sha256;

/**
 * The last box of an exported film: which camera made it, of what time, and the camera's signature
 * over all bytes before it.
 *
 * <pre>
 *   0        4        8        24       25      27        27+c     29+c          29+c+m
 *   | size   | "uuid" | TYPE   | 1      | c     | cert c  | m      | manifest m  | s 2 | signature s |
 * </pre>
 *
 * <p>Big endian. The certificate is DER, the manifest JSON, the signature ECDSA with SHA-256 over
 * {@code "refcam film v1"}, a zero byte, the certificate's SHA-256 and the manifest, which holds
 * the SHA-256 of the bytes before the box. Players skip the box (ISO/IEC 14496-12, 4.2).
 *
 * <p>INV-REC-4. An exported film of which a byte was changed, added or taken away is not verified.
 * Holds against everyone but the holder of the camera's key, for who compares the certificate with
 * the label. Does not say that the camera's clock was right or what was before the lens.
 */
final class FilmSeal {
  static final byte[] TYPE = HexFormat.of().parseHex("7c3c1f0a52ae4b6b9d3b6f9e2f1f6a11");
  static final int VERSION = 1;
  private static final String DOMAIN = "refcam film v1\0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FilmSeal() {}

  /**
   * What is signed.
   *
   * @param from wall time of the first picture, ISO 8601
   * @param to wall time of the end
   * @param length bytes before the seal
   * @param sha256 of those bytes, hexadecimal
   */
  record Manifest(
      @JsonProperty(required = true) String serial,
      @JsonProperty(required = true) String stream,
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) String to,
      @JsonProperty(required = true) long pictures,
      @JsonProperty(required = true) long length,
      @JsonProperty(required = true) String sha256) {}

  static byte[] box(Manifest manifest, FilmSigner signer) throws IOException {
    byte[] json;
    byte[] certificate;
    try {
      json = JSON.writeValueAsBytes(manifest);
      certificate = signer.certificate().getEncoded();
    } catch (JsonProcessingException | CertificateEncodingException e) {
      throw new AssertionError("strings and a parsed certificate can be written", e);
    }
    byte[] signature = signer.sign(message(certificate, json));
    ByteWriter out = new ByteWriter();
    out.u32(0).raw("uuid".getBytes(StandardCharsets.US_ASCII)).raw(TYPE).u8(VERSION);
    for (byte[] part : new byte[][] {certificate, json, signature}) {
      out.u16(part.length).raw(part);
    }
    out.patchU32(0, out.size());
    return out.toByteArray();
  }

  static byte[] message(byte[] certificate, byte[] manifest) {
    byte[] domain = DOMAIN.getBytes(StandardCharsets.US_ASCII);
    byte[] whose = Sha256.start().digest(certificate);
    return new ByteWriter().raw(domain).raw(whose).raw(manifest).toByteArray();
  }

  static Manifest parse(byte[] json) throws IOException {
    return JSON.readValue(json, Manifest.class);
  }
}
