// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.crypto.Sha256;
import org.refcam.tools.factory.FactoryException.Reason;

/**
 * Every certificate that the factory signed, one JSON object a line: {@code serial}, {@code
 * assurance}, {@code certificateSha256}, {@code publicKeySha256}, {@code issued}, {@code
 * certificate} (DER in base64). No password ever enters it.
 *
 * <p>A line is appended and fsynced before the certificate leaves the station; a last line without
 * its line feed was cut off by a power failure and is dropped. The file is locked while it is open.
 * Confined to one thread.
 */
final class IssuedCertificates implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;
  private final Map<String, String> certificates = new HashMap<>();
  private final ObjectMapper json = new ObjectMapper();

  private IssuedCertificates(FileChannel channel, FileLock lock, Path file) throws IOException {
    this.channel = channel;
    this.lock = lock;
    read(file);
  }

  static IssuedCertificates open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(file + " is in use by another station");
      }
      return new IssuedCertificates(channel, lock, file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    int number = 0;
    for (String line : text.substring(0, end).split("\n", -1)) {
      number++;
      if (!line.isEmpty()) {
        JsonNode entry = json.readTree(line);
        if (!entry.path("serial").isTextual() || !entry.path("certificate").isTextual()) {
          throw new IOException(file + ", line " + number + ": not a ledger's line");
        }
        certificates.put(entry.get("serial").textValue(), entry.get("certificate").textValue());
      }
    }
    channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
  }

  int size() {
    return certificates.size();
  }

  /**
   * @throws FactoryException DUPLICATE_SERIAL
   */
  void requireNew(DeviceRequest device) throws FactoryException {
    if (certificates.containsKey(device.serial())) {
      throw new FactoryException(
          Reason.DUPLICATE_SERIAL, device.serial() + " is in the ledger already");
    }
  }

  /** Records a certificate, durably. */
  void record(DeviceRequest device, X509Certificate certificate) throws IOException {
    try {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("serial", device.serial());
      entry.put("assurance", device.assurance());
      entry.put("certificateSha256", Sha256.hex(certificate.getEncoded()));
      entry.put("publicKeySha256", Sha256.hex(device.key().getEncoded()));
      entry.put("issued", certificate.getNotBefore().toInstant().toString());
      String der = Base64.getEncoder().encodeToString(certificate.getEncoded());
      entry.put("certificate", der);
      String line = json.writeValueAsString(entry) + "\n";
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      certificates.put(device.serial(), der);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a certificate that was just made can be encoded", e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
