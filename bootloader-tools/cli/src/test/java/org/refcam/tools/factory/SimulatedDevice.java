// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.refcam.label.DeviceSerial;

/** A device's files as a camera writes them, made from a key of its own. */
record SimulatedDevice(KeyPair key, String serial, String assurance) {
  static SimulatedDevice create(String curve, String assurance, SecureRandom random)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve), random);
    KeyPair key = generator.generateKeyPair();
    return new SimulatedDevice(key, DeviceSerial.of(key.getPublic()), assurance);
  }

  /** The request of this device, signed by the given key and naming the given serial. */
  String request(KeyPair signer, String named) throws Exception {
    ASN1EncodableVector module = new ASN1EncodableVector();
    module.add(new ASN1ObjectIdentifier("2.25.1"));
    module.add(new DEROctetString(named.getBytes(StandardCharsets.US_ASCII)));
    ASN1EncodableVector other = new ASN1EncodableVector();
    other.add(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4"));
    other.add(new DERTaggedObject(true, 0, new DERSequence(module)));
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.otherName, new DERSequence(other))));
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(
                new X500Name("OU=root of trust: " + assurance + ",CN=RefCam,SERIALNUMBER=" + named),
                key.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
            .getEncoded();
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  /** Writes device.csr and label.json. */
  Path write(Path directory, String password) throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("device.csr"), request(key, serial));
    new ObjectMapper()
        .writeValue(
            directory.resolve("label.json").toFile(),
            Map.of(
                "serial", serial,
                "password", password,
                "certificateSha256", "ab".repeat(32),
                "url", "https://refcam.local:8443",
                "assurance", assurance));
    return directory;
  }
}
