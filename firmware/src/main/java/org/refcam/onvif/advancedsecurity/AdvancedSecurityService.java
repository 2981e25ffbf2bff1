// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import static org.refcam.onvif.Values.required;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.jspecify.annotations.Nullable;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.keystore.Keystore;
import org.refcam.identity.keystore.Keystore.CertificateInfo;
import org.refcam.identity.keystore.Keystore.KeyInfo;
import org.refcam.identity.keystore.Keystore.PathInfo;
import org.refcam.identity.keystore.KeystoreException.Reason;
import org.refcam.identity.keystore.SignatureAlgorithm;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.advancedsecurity.CertificateMessages.CertificationPath;
import org.refcam.onvif.advancedsecurity.CertificateMessages.CreateCertificationPath;
import org.refcam.onvif.advancedsecurity.CertificateMessages.CreateCertificationPathResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.DeleteCertificate;
import org.refcam.onvif.advancedsecurity.CertificateMessages.DeleteCertificateResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.DeleteCertificationPath;
import org.refcam.onvif.advancedsecurity.CertificateMessages.DeleteCertificationPathResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetAllCertificates;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetAllCertificatesResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetAllCertificationPaths;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetAllCertificationPathsResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetCertificate;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetCertificateResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetCertificationPath;
import org.refcam.onvif.advancedsecurity.CertificateMessages.GetCertificationPathResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.UploadCertificate;
import org.refcam.onvif.advancedsecurity.CertificateMessages.UploadCertificateResponse;
import org.refcam.onvif.advancedsecurity.CertificateMessages.X509Certificate;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreateECCKeyPair;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreateECCKeyPairResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreatePKCS10CSR;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreatePKCS10CSRResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreateSelfSignedCertificate;
import org.refcam.onvif.advancedsecurity.KeyMessages.CreateSelfSignedCertificateResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.DeleteKey;
import org.refcam.onvif.advancedsecurity.KeyMessages.DeleteKeyResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetAllKeys;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetAllKeysResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetKeyStatus;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetKeyStatusResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetPrivateKeyStatus;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetPrivateKeyStatusResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetServiceCapabilities;
import org.refcam.onvif.advancedsecurity.KeyMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.advancedsecurity.KeyMessages.KeyAttribute;
import org.refcam.onvif.advancedsecurity.SecurityCapabilities.Capabilities;
import org.refcam.onvif.advancedsecurity.SecurityCapabilities.KeystoreCapabilities;
import org.refcam.onvif.advancedsecurity.SecurityCapabilities.TLSServerCapabilities;
import org.refcam.onvif.advancedsecurity.SubjectTypes.AlgorithmIdentifier;
import org.refcam.onvif.advancedsecurity.TlsMessages.AddServerCertificateAssignment;
import org.refcam.onvif.advancedsecurity.TlsMessages.AddServerCertificateAssignmentResponse;
import org.refcam.onvif.advancedsecurity.TlsMessages.GetAssignedServerCertificates;
import org.refcam.onvif.advancedsecurity.TlsMessages.GetAssignedServerCertificatesResponse;
import org.refcam.onvif.advancedsecurity.TlsMessages.GetEnabledTLSVersions;
import org.refcam.onvif.advancedsecurity.TlsMessages.GetEnabledTLSVersionsResponse;
import org.refcam.onvif.advancedsecurity.TlsMessages.RemoveServerCertificateAssignment;
import org.refcam.onvif.advancedsecurity.TlsMessages.RemoveServerCertificateAssignmentResponse;
import org.refcam.onvif.advancedsecurity.TlsMessages.ReplaceServerCertificateAssignment;
import org.refcam.onvif.advancedsecurity.TlsMessages.ReplaceServerCertificateAssignmentResponse;

/**
 * The security configuration service (advancedsecurity.wsdl) as far as keystore, certificates and
 * the TLS server's certificate go. Private keys come from here and never leave: uploading one is
 * not offered. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TAS)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class AdvancedSecurityService {
  /** As IANA's list of TLS groups has it. */
  private static final String CURVE = "secp256r1";

  private static final int X509_VERSION = 3;

  /** What a certificate without an end says (RFC 5280, 4.1.2.5). */
  private static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  /** A request has no other reason to refuse a key than its state. */
  private static final Map<Reason, String> SIGNING =
      Map.of(Reason.NO_PRIVATE_KEY, "InvalidKeyStatus");

  private static final Map<Reason, String> REPLACING =
      Map.of(Reason.NO_SUCH_PATH, "NewCertificationPathID");

  private final Keystore keystore;
  private final Clock clock;

  public AdvancedSecurityService(Rooms rooms) {
    keystore = rooms.parts().keystore();
    clock = rooms.parts().clock();
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.KeystoreCapabilities = keystoreCapabilities();
    made.TLSServerCapabilities = new TLSServerCapabilities();
    made.TLSServerCapabilities.TLSServerSupported = tlsVersions();
    made.TLSServerCapabilities.EnabledVersionsSupported = false;
    made.TLSServerCapabilities.MaximumNumberOfTLSCertificationPaths = 1;
    made.TLSServerCapabilities.TLSClientAuthSupported = false;
    made.TLSServerCapabilities.CnMapsToUserSupported = false;
    made.TLSServerCapabilities.MaximumNumberOfTLSCertificationPathValidationPolicies = 0;
    return made;
  }

  private static KeystoreCapabilities keystoreCapabilities() {
    KeystoreCapabilities made = new KeystoreCapabilities();
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      AlgorithmIdentifier identifier = new AlgorithmIdentifier();
      identifier.algorithm = algorithm.oid();
      made.SignatureAlgorithms.add(identifier);
    }
    made.MaximumNumberOfKeys = Keystore.MOST_KEYS;
    made.MaximumNumberOfCertificates = Keystore.MOST_CERTIFICATES;
    made.MaximumNumberOfCertificationPaths = Keystore.MOST_PATHS;
    made.SetCertPath = false;
    made.RSAKeyPairGeneration = false;
    made.ECCKeyPairGeneration = true;
    made.KeyPairGeneration = List.of("ECC");
    made.EllipticCurves = List.of(CURVE);
    made.PKCS10ExternalCertificationWithRSA = false;
    made.PKCS10 = true;
    made.SelfSignedCertificateCreationWithRSA = false;
    made.SelfSignedCertificateCreation = true;
    made.X509Versions = List.of(X509_VERSION);
    made.MaximumNumberOfPassphrases = 0;
    made.PKCS8RSAKeyPairUpload = false;
    made.PKCS8 = false;
    made.PKCS12CertificateWithRSAPrivateKeyUpload = false;
    made.PKCS12 = false;
    made.MaximumNumberOfCRLs = 0;
    made.MaximumNumberOfCertificationPathValidationPolicies = 0;
    made.EnforceTLSWebClientAuthExtKeyUsage = false;
    made.NoPrivateKeySharing = false;
    return made;
  }

  private static List<String> tlsVersions() {
    return Arrays.stream(DeviceIdentity.protocols())
        .map(name -> name.replace("TLSv", ""))
        .sorted()
        .toList();
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  /** The key is there when this answers: P-256 takes no time worth an event. */
  public CreateECCKeyPairResponse CreateECCKeyPair(CreateECCKeyPair request) {
    if (!required(request.EllipticCurve, "EllipticCurve").strip().equals(CURVE)) {
      throw OnvifFault.invalid("UnsupportedEllipticCurve", "only " + CURVE);
    }
    CreateECCKeyPairResponse response = new CreateECCKeyPairResponse();
    response.KeyID = KeystoreCalls.ask(() -> keystore.createKey(text(request.Alias)));
    response.EstimatedCreationTime = Duration.ZERO.toString();
    return response;
  }

  public GetKeyStatusResponse GetKeyStatus(GetKeyStatus request) {
    key(request.KeyID);
    GetKeyStatusResponse response = new GetKeyStatusResponse();
    response.KeyStatus = "ok";
    return response;
  }

  public GetPrivateKeyStatusResponse GetPrivateKeyStatus(GetPrivateKeyStatus request) {
    GetPrivateKeyStatusResponse response = new GetPrivateKeyStatusResponse();
    response.hasPrivateKey = key(request.KeyID).complete();
    return response;
  }

  public GetAllKeysResponse GetAllKeys(GetAllKeys request) {
    GetAllKeysResponse response = new GetAllKeysResponse();
    for (KeyInfo key : keystore.keys()) {
      KeyAttribute attribute = new KeyAttribute();
      attribute.KeyID = key.id();
      attribute.Alias = given(key.alias());
      attribute.hasPrivateKey = key.complete();
      attribute.KeyStatus = "ok";
      attribute.externallyGenerated = !key.complete();
      attribute.securelyStored = false; // sealed, but in no component that is made for keys
      response.KeyAttribute.add(attribute);
    }
    return response;
  }

  public DeleteKeyResponse DeleteKey(DeleteKey request) {
    String id = required(request.KeyID, "KeyID");
    KeystoreCalls.change(() -> keystore.deleteKey(id));
    return new DeleteKeyResponse();
  }

  public CreatePKCS10CSRResponse CreatePKCS10CSR(CreatePKCS10CSR request) {
    X500Name subject = DistinguishedNames.read(required(request.Subject, "Subject"));
    List<Attribute> attributes = RequestAttributes.read(request.CSRAttribute);
    SignatureAlgorithm algorithm = algorithm(request.SignatureAlgorithm);
    String id = required(request.KeyID, "KeyID");
    CreatePKCS10CSRResponse response = new CreatePKCS10CSRResponse();
    response.PKCS10CSR =
        KeystoreCalls.ask(SIGNING, () -> keystore.request(id, subject, attributes, algorithm));
    return response;
  }

  public CreateSelfSignedCertificateResponse CreateSelfSignedCertificate(
      CreateSelfSignedCertificate request) {
    if (request.X509Version != null
        && !request.X509Version.equals(BigInteger.valueOf(X509_VERSION))) {
      throw OnvifFault.invalid("UnsupportedX509Version", "only version 3");
    }
    X500Name subject = DistinguishedNames.read(required(request.Subject, "Subject"));
    SignatureAlgorithm algorithm = algorithm(request.SignatureAlgorithm);
    String id = required(request.KeyID, "KeyID");
    Instant from =
        request.notValidBefore == null ? clock.instant() : instant(request.notValidBefore);
    Instant until = request.notValidAfter == null ? NO_EXPIRY : instant(request.notValidAfter);
    List<Extension> extensions = RequestAttributes.extensions(request.Extension);
    CreateSelfSignedCertificateResponse response = new CreateSelfSignedCertificateResponse();
    response.CertificateID =
        KeystoreCalls.ask(
            SIGNING,
            () ->
                keystore.selfSign(
                    id, text(request.Alias), subject, from, until, extensions, algorithm));
    return response;
  }

  public UploadCertificateResponse UploadCertificate(UploadCertificate request) {
    byte[] der = required(request.Certificate, "Certificate");
    UploadCertificateResponse response = new UploadCertificateResponse();
    response.CertificateID =
        KeystoreCalls.ask(
            () ->
                keystore.upload(
                    der,
                    text(request.Alias),
                    text(request.KeyAlias),
                    Boolean.TRUE.equals(request.PrivateKeyRequired)));
    response.KeyID = certificate(response.CertificateID).key();
    return response;
  }

  public GetCertificateResponse GetCertificate(GetCertificate request) {
    GetCertificateResponse response = new GetCertificateResponse();
    response.Certificate = describe(certificate(request.CertificateID));
    return response;
  }

  public GetAllCertificatesResponse GetAllCertificates(GetAllCertificates request) {
    GetAllCertificatesResponse response = new GetAllCertificatesResponse();
    keystore.certificates().forEach(one -> response.Certificate.add(describe(one)));
    return response;
  }

  public DeleteCertificateResponse DeleteCertificate(DeleteCertificate request) {
    String id = required(request.CertificateID, "CertificateID");
    KeystoreCalls.change(() -> keystore.deleteCertificate(id));
    return new DeleteCertificateResponse();
  }

  public CreateCertificationPathResponse CreateCertificationPath(CreateCertificationPath request) {
    List<String> ids = required(request.CertificateIDs, "CertificateIDs").CertificateID;
    CreateCertificationPathResponse response = new CreateCertificationPathResponse();
    response.CertificationPathID =
        KeystoreCalls.ask(() -> keystore.createPath(ids, text(request.Alias)));
    return response;
  }

  public GetCertificationPathResponse GetCertificationPath(GetCertificationPath request) {
    String id = required(request.CertificationPathID, "CertificationPathID");
    PathInfo path = KeystoreCalls.ask(() -> keystore.path(id));
    GetCertificationPathResponse response = new GetCertificationPathResponse();
    response.CertificationPath = new CertificationPath();
    response.CertificationPath.CertificateID.addAll(path.certificates());
    response.CertificationPath.Alias = given(path.alias());
    return response;
  }

  public GetAllCertificationPathsResponse GetAllCertificationPaths(
      GetAllCertificationPaths request) {
    GetAllCertificationPathsResponse response = new GetAllCertificationPathsResponse();
    keystore.paths().forEach(path -> response.CertificationPathID.add(path.id()));
    return response;
  }

  public DeleteCertificationPathResponse DeleteCertificationPath(DeleteCertificationPath request) {
    String id = required(request.CertificationPathID, "CertificationPathID");
    KeystoreCalls.change(() -> keystore.deletePath(id));
    return new DeleteCertificationPathResponse();
  }

  /** HTTPS and RTSPS show the path from the next handshake on. */
  public AddServerCertificateAssignmentResponse AddServerCertificateAssignment(
      AddServerCertificateAssignment request) {
    String id = required(request.CertificationPathID, "CertificationPathID");
    KeystoreCalls.change(() -> keystore.assign(id));
    return new AddServerCertificateAssignmentResponse();
  }

  /**
   * Always possible, though the TLS server is always on: the camera then shows its own certificate,
   * which the specification does not know of.
   */
  public RemoveServerCertificateAssignmentResponse RemoveServerCertificateAssignment(
      RemoveServerCertificateAssignment request) {
    String id = required(request.CertificationPathID, "CertificationPathID");
    KeystoreCalls.change(() -> keystore.unassign(id));
    return new RemoveServerCertificateAssignmentResponse();
  }

  public ReplaceServerCertificateAssignmentResponse ReplaceServerCertificateAssignment(
      ReplaceServerCertificateAssignment request) {
    String old = required(request.OldCertificationPathID, "OldCertificationPathID");
    String id = required(request.NewCertificationPathID, "NewCertificationPathID");
    KeystoreCalls.change(REPLACING, () -> keystore.reassign(old, id));
    return new ReplaceServerCertificateAssignmentResponse();
  }

  public GetAssignedServerCertificatesResponse GetAssignedServerCertificates(
      GetAssignedServerCertificates request) {
    GetAssignedServerCertificatesResponse response = new GetAssignedServerCertificatesResponse();
    keystore.assigned().ifPresent(response.CertificationPathID::add);
    return response;
  }

  public GetEnabledTLSVersionsResponse GetEnabledTLSVersions(GetEnabledTLSVersions request) {
    GetEnabledTLSVersionsResponse response = new GetEnabledTLSVersionsResponse();
    response.Versions = tlsVersions();
    return response;
  }

  private KeyInfo key(@Nullable String asked) {
    String id = required(asked, "KeyID");
    return KeystoreCalls.ask(() -> keystore.key(id));
  }

  private CertificateInfo certificate(@Nullable String asked) {
    String id = required(asked, "CertificateID");
    return KeystoreCalls.ask(() -> keystore.certificate(id));
  }

  private static X509Certificate describe(CertificateInfo one) {
    X509Certificate described = new X509Certificate();
    described.CertificateID = one.id();
    described.KeyID = one.key();
    described.Alias = given(one.alias());
    described.HasPrivateKey = one.complete();
    try {
      described.CertificateContent = one.certificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
    return described;
  }

  private static SignatureAlgorithm algorithm(@Nullable AlgorithmIdentifier asked) {
    String oid =
        required(required(asked, "SignatureAlgorithm").algorithm, "SignatureAlgorithm").strip();
    return KeystoreCalls.ask(() -> SignatureAlgorithm.require(oid));
  }

  /** An xs:dateTime; without a zone it is in UTC. */
  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException zoneless) {
      try {
        return LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        OnvifFault fault = OnvifFault.invalid("InvalidDateTime", "no date and time");
        fault.initCause(e);
        throw fault;
      }
    }
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
