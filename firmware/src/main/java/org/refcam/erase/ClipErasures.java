// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.keys.SealedFile;

/**
 * Certificates of clips that the owner erased. They tell how many keys died and when, not of what;
 * even that is the owner's, so they lie in a sealed file and die with the next erase of the device.
 * The newest {@value #MOST} are kept. Guarded by its monitor.
 */
public final class ClipErasures {
  /** As many as are kept. */
  public static final int MOST = 64;

  private static final int BYTES_MAX = 4 << 20;

  private final SealedFile file;
  private final DoomedKey recordings;
  private final Supplier<EraseFacts> facts;
  private final EraseSigner signer;
  private final Supplier<EraseTime> time;
  private final SecureRandom random;
  private final List<StoredCertificate> newestFirst = new ArrayList<>();
  private long sequence;

  /**
   * @param recordings the slot that is replaced when clips are erased
   * @throws IOException if the file is there but cannot be trusted
   */
  public ClipErasures(
      SealedFile file,
      DoomedKey recordings,
      Supplier<EraseFacts> facts,
      EraseSigner signer,
      Supplier<EraseTime> time,
      SecureRandom random)
      throws IOException {
    this.file = file;
    this.recordings = recordings;
    this.facts = facts;
    this.signer = signer;
    this.time = time;
    this.random = random;
    Optional<byte[]> bytes = file.read();
    if (bytes.isPresent()) {
      parse(bytes.get());
    }
  }

  private void parse(byte[] bytes) throws IOException {
    try {
      JsonObject json = JsonText.parseObject(bytes, BYTES_MAX);
      sequence = json.number("sequence", 0, Integer.MAX_VALUE);
      for (String text : json.texts("certificates")) {
        byte[] one = text.getBytes(StandardCharsets.UTF_8);
        newestFirst.add(new StoredCertificate(VerifiedEraseCertificate.verify(one).id(), one));
      }
    } catch (InvalidJsonException | InvalidEraseCertificateException e) {
      throw new IOException(file.path() + " is damaged", e);
    }
  }

  /**
   * Certifies that the keys of clips were destroyed, after it was done.
   *
   * @param clips how many, at least 1
   */
  public synchronized StoredCertificate certify(EraseOrigin origin, long clips) throws IOException {
    EraseIntent intent = EraseIntent.of(origin, time.get(), random);
    EraseCertificate.Done done =
        new EraseCertificate.Done(
            EraseCertificate.Scope.CLIPS,
            intent,
            sequence + 1,
            clips,
            List.of(recordings),
            time.get());
    StoredCertificate made =
        new StoredCertificate(intent.id(), EraseCertificate.make(done, facts.get(), signer));
    List<StoredCertificate> next = new ArrayList<>(List.of(made));
    next.addAll(newestFirst.subList(0, Math.min(newestFirst.size(), MOST - 1)));
    file.write(encode(next, sequence + 1));
    sequence++;
    newestFirst.clear();
    newestFirst.addAll(next);
    return made;
  }

  private static byte[] encode(List<StoredCertificate> certificates, long sequence) {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    certificates.forEach(one -> texts.add(new String(one.json(), StandardCharsets.UTF_8)));
    JsonNode whole =
        JsonNodeFactory.instance.objectNode().put("sequence", sequence).set("certificates", texts);
    return EraseCertificate.canonical(whole);
  }

  public synchronized List<StoredCertificate> list() {
    return List.copyOf(newestFirst);
  }

  public synchronized Optional<StoredCertificate> find(String id) {
    return newestFirst.stream().filter(one -> one.id().equals(id)).findFirst();
  }
}
