// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.refcam.crypto.Sha256;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;
import org.refcam.keys.AssuranceLevel;

/**
 * Makes erase certificates; fields after the sample form of NIST SP 800-88 Rev. 1, appendix G.
 *
 * <pre>
 *   {"certificates":[base64 DER, the device's first],"signature":base64 DER,"signed":{...}}
 * </pre>
 *
 * <p>The file is canonical JSON (see {@link CanonicalJson}) byte for byte; the signature covers
 * {@link #PREFIX} and the canonical form of {@code signed}.
 *
 * <p>INV-ERASE-4. A certificate never claims more than was done: the method is {@code clear}, the
 * slots' levels are their own, the module is named not validated, and what was not covered is
 * listed. Holds against our own wish to look good: there is no way to make one that says {@code
 * purge}. Does not hold against changed firmware. Stateless.
 */
final class EraseCertificate {
  static final String PREFIX = "refcam erase certificate v1\n";
  static final String TYPE = "refcam-erase";
  static final int VERSION = 1;
  static final String MANUFACTURER = "RefCam";
  static final String METHOD = "clear";
  static final String TECHNIQUE = "cryptographic erase";
  static final String GUIDELINE = "NIST SP 800-88 Rev. 1";
  static final String MODULE = "module not validated";

  /** The whole device, or single clips. */
  enum Scope {
    DEVICE("device"),
    CLIPS("clips");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * What was done.
   *
   * @param sequence of this device's erasures, from 1
   * @param clips how many clips' keys were destroyed one by one; 0 for a whole device
   */
  record Done(
      Scope scope,
      EraseIntent intent,
      long sequence,
      long clips,
      List<DoomedKey> keys,
      EraseTime completed) {}

  private EraseCertificate() {}

  static byte[] make(Done done, EraseFacts facts, EraseSigner signer) throws IOException {
    ObjectNode signed = signed(done, facts, signer);
    byte[] message = message(signed);
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.set("signed", signed);
    whole.put("signature", Base64.getEncoder().encodeToString(signer.sign(message)));
    ArrayNode chain = whole.putArray("certificates");
    for (X509Certificate certificate : signer.chain()) {
      chain.add(Base64.getEncoder().encodeToString(der(certificate)));
    }
    return canonical(whole);
  }

  private static ObjectNode signed(Done done, EraseFacts facts, EraseSigner signer) {
    ObjectNode signed = JsonNodeFactory.instance.objectNode();
    signed.put("type", TYPE).put("version", VERSION);
    signed.put("id", done.intent().id()).put("sequence", done.sequence());
    signed.put("scope", done.scope().word());
    device(signed.putObject("device"), facts, signer);
    signed.putObject("media").put("type", facts.medium()).put("source", "data directory");
    ObjectNode how = signed.putObject("sanitization");
    how.put("guideline", GUIDELINE).put("method", METHOD).put("technique", TECHNIQUE);
    how.put("tool", "RefCam " + facts.firmware()).put("module", MODULE);
    boolean whole = done.scope() == Scope.DEVICE;
    ArrayNode keys = signed.putArray("keys");
    for (DoomedKey key : done.keys()) {
      keys.addObject()
          .put("name", key.name())
          .put("assurance", key.slot().assuranceLevel().word())
          .put("result", whole ? "destroyed" : "replaced");
    }
    signed.put("clips", done.clips());
    signed.put("verification", whole ? "every slot read back empty" : "the key table is rewritten");
    ObjectNode by = signed.putObject("requestedBy");
    by.put("role", done.intent().origin().role()).put("way", done.intent().origin().word());
    time(signed.putObject("requested"), done.intent().requested());
    time(signed.putObject("completed"), done.completed());
    signed.put("postState", whole ? "factory default" : "in use, other recordings kept");
    signed.put("identity", "kept");
    ArrayNode open = signed.putArray("notCovered");
    List<AssuranceLevel> levels =
        done.keys().stream().map(key -> key.slot().assuranceLevel()).toList();
    NotCovered.of(levels, facts).forEach(one -> open.add(one.word()));
    return signed;
  }

  private static void device(ObjectNode device, EraseFacts facts, EraseSigner signer) {
    device.put("manufacturer", MANUFACTURER).put("model", facts.model());
    device.put("serial", signer.serial()).put("firmware", facts.firmware());
    device.put("rootOfTrust", facts.rootOfTrust());
    device.put("publicKeySha256", keySha256(signer.chain().get(0)));
  }

  private static void time(ObjectNode node, EraseTime time) {
    node.put("time", time.time().toString()).put("quality", time.quality());
  }

  /** What the signature covers. */
  static byte[] message(JsonNode signed) {
    byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
    byte[] body = canonical(signed);
    byte[] message = Arrays.copyOf(prefix, prefix.length + body.length);
    System.arraycopy(body, 0, message, prefix.length, body.length);
    return message;
  }

  static String keySha256(X509Certificate certificate) {
    return Sha256.hex(certificate.getPublicKey().getEncoded());
  }

  static byte[] canonical(JsonNode node) {
    try {
      return CanonicalJson.encode(node);
    } catch (InvalidJsonException e) {
      throw new AssertionError("a certificate has whole numbers and well-formed texts", e);
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }
}
