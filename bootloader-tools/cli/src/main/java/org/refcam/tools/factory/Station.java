// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.refcam.label.Label;
import org.refcam.label.LabelCode;
import org.refcam.label.LabelPdf;
import org.refcam.tools.factory.FactoryException.Reason;

/**
 * One device's way through the factory: check the request and label, sign, record, print. Confined
 * to one thread.
 */
final class Station {
  private static final int LABEL_MOST = 16 * 1024;

  private final FactoryAuthority authority;
  private final IssuedCertificates issued;
  private final boolean allowDevelopment;
  private final ObjectMapper json = new ObjectMapper();

  Station(FactoryAuthority authority, IssuedCertificates issued, boolean allowDevelopment) {
    this.authority = authority;
    this.issued = issued;
    this.allowDevelopment = allowDevelopment;
  }

  /**
   * Signs a request and records it.
   *
   * @return the chain in PEM, the device's certificate first
   */
  String sign(byte[] request, Label label) throws FactoryException, IOException {
    DeviceRequest device = DeviceRequest.verify(request);
    if (!label.serial().equals(device.serial()) || !label.assurance().equals(device.assurance())) {
      throw new FactoryException(
          Reason.WRONG_LABEL, "of " + label.serial() + ", the request is of " + device.serial());
    }
    if (device.assurance().equals("development") && !allowDevelopment) {
      throw new FactoryException(
          Reason.DEVELOPMENT_ROOT,
          device.serial() + " keeps its keys in a file; --allow-development for trials");
    }
    issued.requireNew(device);
    X509Certificate certificate = authority.sign(device);
    issued.record(device, certificate);
    return pem(List.of(certificate, authority.certificate()));
  }

  /** Handles a device by files: DIR/device.csr and label.json in, device.pem and label out. */
  void handle(Path directory) throws FactoryException, IOException {
    Label label = label(directory.resolve("label.json"));
    Path request = directory.resolve("device.csr");
    if (!Files.exists(request)) {
      throw new FactoryException(Reason.BAD_REQUEST, "there is no " + request);
    }
    if (Files.size(request) > LABEL_MOST) {
      throw new FactoryException(Reason.BAD_REQUEST, request + " is too large");
    }
    Files.writeString(directory.resolve("device.pem"), sign(Files.readAllBytes(request), label));
    print(label, directory);
  }

  /** Writes label.pdf and label.png. */
  void print(Label label, Path directory) throws IOException {
    Files.write(directory.resolve("label.pdf"), LabelPdf.draw(label));
    Files.write(directory.resolve("label.png"), LabelCode.png(label));
  }

  /** Reads a device's label.json. */
  Label label(Path file) throws FactoryException, IOException {
    if (!Files.exists(file) || Files.size(file) > LABEL_MOST) {
      throw new FactoryException(Reason.WRONG_LABEL, "there is no label in " + file);
    }
    JsonNode fields = json.readTree(Files.readAllBytes(file));
    for (String name : List.of("serial", "password", "certificateSha256", "url", "assurance")) {
      if (!fields.path(name).isTextual()) {
        throw new FactoryException(Reason.WRONG_LABEL, file + " lacks " + name);
      }
    }
    return new Label(
        fields.get("serial").textValue(),
        fields.get("password").textValue(),
        fields.get("certificateSha256").textValue(),
        fields.get("url").textValue(),
        fields.get("assurance").textValue());
  }

  static String pem(List<X509Certificate> chain) throws IOException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      try {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateEncodingException e) {
        throw new IOException("certificate", e);
      }
    }
    return text.toString();
  }
}
