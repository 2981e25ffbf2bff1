// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.fit.FitSigner;
import org.refcam.uefi.AuthenticatedWrite;
import org.refcam.uefi.EfiVariable;
import org.refcam.uefi.SignatureList;
import org.refcam.uefi.SigningCertificate;

/**
 * Who owns a board with UEFI: the platform's key changes who may change the signature database, the
 * exchange key changes that database. Neither signs what boots.
 *
 * @param platform whose certificate is {@code PK}
 * @param exchange whose certificate is {@code KEK}
 */
public record UefiKeys(BootKey platform, BootKey exchange) {
  /** Names RefCam's tools as who put the certificates there. */
  public static final UUID OWNER = UUID.fromString("6f5fb1a0-3d63-4c07-8d43-72656663616d");

  /** What {@link #enrol} writes, in its order: PK last, because with it setup mode ends. */
  static final List<String> ENROLMENT_FILES =
      List.of(
          "db.cer",
          "KEK.cer",
          "PK.cer",
          "db.esl",
          "db.auth",
          "KEK.esl",
          "KEK.auth",
          "PK.esl",
          "PK.auth");

  /** What {@code PK}, {@code KEK} and {@code db} hold, in the order in which they are written. */
  Map<EfiVariable, byte[]> lists(X509CertificateHolder boot) throws IOException {
    Map<EfiVariable, byte[]> lists = new LinkedHashMap<>();
    lists.put(EfiVariable.DB, SignatureList.encode(OWNER, List.of(boot)));
    lists.put(EfiVariable.KEK, SignatureList.encode(OWNER, List.of(exchangeCertificate())));
    lists.put(EfiVariable.PK, SignatureList.encode(OWNER, List.of(platformCertificate())));
    return lists;
  }

  /**
   * Writes what enrols these keys and a boot key in firmware's setup mode: of each variable the
   * certificate, its list and a signed write of the list.
   *
   * @param directory is there
   * @return bytes of each file by its name
   */
  public Map<String, Integer> enrol(BootKey boot, Path directory) throws IOException {
    X509CertificateHolder trusted = bootCertificate(boot);
    Map<String, byte[]> files = new HashMap<>();
    files.put("db.cer", trusted.getEncoded());
    files.put("KEK.cer", exchangeCertificate().getEncoded());
    files.put("PK.cer", platformCertificate().getEncoded());
    for (Map.Entry<EfiVariable, byte[]> list : lists(trusted).entrySet()) {
      EfiVariable variable = list.getKey();
      boolean database = variable.equals(EfiVariable.DB);
      files.put(variable.name() + ".esl", list.getValue());
      files.put(
          variable.name() + ".auth",
          AuthenticatedWrite.sign(
              variable,
              list.getValue(),
              CardBuild.TIME,
              (database ? exchange : platform).signer(),
              database ? exchangeCertificate() : platformCertificate()));
    }
    Map<String, Integer> written = new LinkedHashMap<>();
    for (String name : ENROLMENT_FILES) {
      byte[] bytes = Objects.requireNonNull(files.get(name));
      Files.write(directory.resolve(name), bytes);
      written.put(name, bytes.length);
    }
    return written;
  }

  /** The certificate of a key that signs what boots, as {@code db} holds it. */
  public static X509CertificateHolder bootCertificate(FitSigner boot) throws IOException {
    return SigningCertificate.of(boot, "RefCam boot images", CardBuild.TIME);
  }

  static X509CertificateHolder bootCertificate(BootKey boot) throws IOException {
    return bootCertificate(boot.signer());
  }

  private X509CertificateHolder platformCertificate() throws IOException {
    return platform.certificate("RefCam platform key");
  }

  private X509CertificateHolder exchangeCertificate() throws IOException {
    return exchange.certificate("RefCam key exchange key");
  }
}
