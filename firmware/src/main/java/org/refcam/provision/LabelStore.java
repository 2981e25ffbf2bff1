// SPDX-License-Identifier: Apache-2.0
package org.refcam.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.access.PasswordFacts;
import org.refcam.label.Label;
import org.refcam.label.LabelCode;
import org.refcam.label.LabelPdf;
import org.refcam.storage.FileWrites;

/**
 * Keeps the label as {@code DIR/label.json}, {@code label.png} and {@code label.pdf} (mode 0600)
 * from first boot until set-up ends. Guarded by its monitor.
 *
 * <p>INV-PROV-1. The label password has 100 bits from the system's random source and follows from
 * nothing else. Holds against anyone who knows serial, addresses and every other camera. Does not
 * hold against whoever reads the label, or the data directory before set-up ends.
 */
public final class LabelStore {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U
  private static final int GROUPS = 5;
  private static final int GROUP = 4;

  /** Of randomness in a label's password. */
  public static final int PASSWORD_BITS = PasswordFacts.bits(GROUPS * GROUP, ALPHABET);

  private final Path directory;
  private final FileWrites writes;
  private final ObjectMapper json = new ObjectMapper();
  private Optional<Label> label = Optional.empty();

  public LabelStore(Path dataDirectory, FileWrites writes) {
    this.directory = dataDirectory;
    this.writes = writes;
  }

  /**
   * Makes the label, or takes up the one that was made: a password that may be printed already is
   * never replaced. Certificate and address are brought up to date.
   *
   * @throws IOException if a label is there but cannot be read, or it cannot be written
   */
  public synchronized Label openOrCreate(
      String serial, String certificateSha256, String url, String assurance, SecureRandom random)
      throws IOException {
    Path file = directory.resolve("label.json");
    String password = Files.exists(file) ? readPassword(file) : password(random);
    Label made = new Label(serial, password, certificateSha256, url, assurance);
    Map<String, String> fields = new TreeMap<>();
    fields.put("serial", made.serial());
    fields.put("password", made.password());
    fields.put("certificateSha256", made.certificateSha256());
    fields.put("url", made.url());
    fields.put("assurance", made.assurance());
    writes.replace(file, json.writeValueAsBytes(fields));
    writes.replace(directory.resolve("label.png"), LabelCode.png(made));
    writes.replace(directory.resolve("label.pdf"), LabelPdf.draw(made));
    label = Optional.of(made);
    return made;
  }

  /** The label, until set-up ends. */
  public synchronized Optional<Label> label() {
    return label;
  }

  /** Whether this is the label's password; dashes, spaces and case do not matter. */
  public boolean verify(char[] password) {
    Optional<Label> present = label();
    byte[] given = normal(CharBuffer.wrap(password));
    byte[] right = normal(CharBuffer.wrap(present.map(Label::password).orElse("")));
    return present.isPresent() && MessageDigest.isEqual(given, right);
  }

  /** Set-up ended: the label opens nothing any more. */
  public synchronized void delete() throws IOException {
    label = Optional.empty();
    writes.delete(directory.resolve("label.json"));
    writes.delete(directory.resolve("label.png"));
    writes.delete(directory.resolve("label.pdf"));
    for (String drawn : List.of("label.json.tmp", "label.png.tmp", "label.pdf.tmp")) {
      writes.delete(directory.resolve(drawn)); // what an interrupted write left
    }
    writes.syncDirectory(directory);
  }

  private String readPassword(Path file) throws IOException {
    JsonNode password = json.readTree(Files.readAllBytes(file)).path("password");
    if (!password.isTextual() || password.textValue().length() < GROUPS * GROUP) {
      throw new IOException(file + " is damaged; delete it to get a new label");
    }
    return password.textValue();
  }

  static String password(SecureRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static byte[] normal(CharBuffer text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (char c : text.toString().toCharArray()) {
      if (c != '-' && c != ' ') {
        letters.append(Character.toUpperCase(c));
      }
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(letters));
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
