// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.refcam.MovableClock;
import org.refcam.access.ClientCredentials;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Role;
import org.refcam.audit.AuditEvent;
import org.refcam.crypto.SecretBytes;
import org.refcam.encode.EncoderLimits;
import org.refcam.encode.EncoderSettings;
import org.refcam.encode.PrivacyMask;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.keystore.Keystore;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.SealedFile;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.onvif.events.EventHub;
import org.refcam.storage.FileWrites;

/** The servlet on a real Jetty, in front of a camera of plain values. */
final class SmallCamera implements AutoCloseable {
  final SecureRandom random = new SecureRandom();
  final MovableClock clock = new MovableClock();
  final List<AuditEvent> audit = new ArrayList<>();
  final Map<Role, ClientCredential> clients = new EnumMap<>(Role.class);
  final Device device;
  final Video video = new Video();
  final Pictures pictures = new Pictures();
  final SmallSensor sensor = new SmallSensor();
  final SmallMotion motion = new SmallMotion();
  final Keystore keystore;
  final EventHub events;
  final SmallRecordings recordings;
  final Carrier carrier = new Carrier();
  final ClientCredentials credentials;
  boolean ready = true;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient http = HttpClient.newHttpClient();
  private int nonces;

  SmallCamera(Path data) throws Exception {
    KeyHierarchy keys =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(data, random), data, FileWrites.disk(), random);
    device =
        new Device(
            DeviceIdentity.openOrCreate(data, keys, FileWrites.disk(), random).certificate());
    recordings = new SmallRecordings(data.resolve("vault"), keys.recordings(), random);
    credentials =
        new ClientCredentials(
            data, SecretBytes.random(32, random), FileWrites.disk(), random, clock);
    for (Role role : Role.values()) {
      clients.put(role, credentials.create(role.name(), role));
    }
    GuessLimiter limiter =
        new GuessLimiter(
            new GuessLimiter.Settings(100, Duration.ofSeconds(30), Duration.ofMinutes(5)), clock);
    keystore =
        new Keystore(
            new SealedFile(
                data.resolve("keystore"), SecretBytes.random(32, random), "config/keystore"),
            random,
            clock);
    events = new EventHub(clock, random);
    OnvifServlet servlet =
        new OnvifServlet(
            new OnvifParts(
                () -> ready,
                credentials,
                new DigestAuthenticator("RefCam", credentials, limiter, clock, random),
                limiter,
                device,
                video,
                pictures,
                sensor,
                motion,
                recordings,
                keystore,
                events,
                carrier,
                audit::add,
                clock));
    ServletContextHandler context = new ServletContextHandler("/onvif");
    context.addServlet(new ServletHolder(servlet), "/*");
    server.addConnector(connector);
    connector.setHost("127.0.0.1");
    server.setHandler(context);
    server.start();
  }

  ClientCredential client(Role role) {
    return Objects.requireNonNull(clients.get(role));
  }

  record Answer(int status, String body, List<String> challenges) {}

  String address() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  /** Posts an operation without any proof. */
  Answer post(String namespace, String operation, String inner) {
    return send("/onvif/x", envelope("", namespace, operation, inner), Optional.empty());
  }

  /** Posts an operation with a fresh UsernameToken. */
  Answer post(ClientCredential who, String namespace, String operation, String inner) {
    return send(
        "/onvif/x",
        envelope(token(who, clock.instant(), nextNonce()), namespace, operation, inner),
        Optional.empty());
  }

  Answer postTo(String path, ClientCredential who, String namespace, String operation, String in) {
    return send(
        path,
        envelope(token(who, clock.instant(), nextNonce()), namespace, operation, in),
        Optional.empty());
  }

  Answer send(String path, String body, Optional<String> authorization) {
    return send(path, body.getBytes(StandardCharsets.UTF_8), authorization);
  }

  Answer send(String path, byte[] body, Optional<String> authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path))
            .header("Content-Type", "application/soap+xml; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    authorization.ifPresent(a -> request.header("Authorization", a));
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(
          response.statusCode(), response.body(), response.headers().allValues("WWW-Authenticate"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  byte[] nextNonce() {
    nonces++;
    return "nonce-%012d".formatted(nonces).getBytes(StandardCharsets.UTF_8);
  }

  static String token(ClientCredential who, Instant created, byte[] nonce) {
    return token(who.username(), who.password(), created, nonce);
  }

  /** As a client of the token profile makes it. */
  static String token(String username, String password, Instant created, byte[] nonce) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.toString().getBytes(StandardCharsets.UTF_8));
      sha1.update(password.getBytes(StandardCharsets.UTF_8));
      return """
          <wsse:Security s:mustUnderstand="1" xmlns:wsse="%s" xmlns:wsu="%s"><wsse:UsernameToken>
          <wsse:Username>%s</wsse:Username>
          <wsse:Password Type="http://x#PasswordDigest">%s</wsse:Password>
          <wsse:Nonce>%s</wsse:Nonce><wsu:Created>%s</wsu:Created>
          </wsse:UsernameToken></wsse:Security>"""
          .formatted(
              Namespaces.WSSE,
              Namespaces.WSU,
              username,
              Base64.getEncoder().encodeToString(sha1.digest()),
              Base64.getEncoder().encodeToString(nonce),
              created);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static String envelope(String header, String namespace, String operation, String inner) {
    return """
        <s:Envelope xmlns:s="%s"><s:Header>%s</s:Header><s:Body>
        <n:%s xmlns:n="%s" xmlns:tt="%s">%s</n:%s></s:Body></s:Envelope>"""
        .formatted(Namespaces.SOAP, header, operation, namespace, Namespaces.TT, inner, operation);
  }

  @Override
  public void close() throws Exception {
    server.stop();
    recordings.close();
  }

  /** A device of plain values. */
  static final class Device implements DeviceControl {
    private final X509Certificate certificate;
    List<String> scopes = List.of();
    boolean discoverable = true;
    ZoneId zone = ZoneId.of("Asia/Ho_Chi_Minh");
    Optional<RuntimeException> fails = Optional.empty();
    final List<Boolean> defaults = new ArrayList<>();
    final List<String> upgrades = new ArrayList<>();

    Device(X509Certificate certificate) {
      this.certificate = certificate;
    }

    @Override
    public Facts facts() {
      fails.ifPresent(
          e -> {
            throw e;
          });
      return new Facts(
          "RefCam", "Test & board", "0.1.0", "RC1", "generic", "urn:uuid:1-2", 8322, 8443);
    }

    @Override
    public X509Certificate certificate() {
      return certificate;
    }

    @Override
    public ZoneId zone() {
      return zone;
    }

    @Override
    public void zone(ZoneId changed) {
      zone = changed;
    }

    @Override
    public String name() {
      return "Cổng trước";
    }

    @Override
    public String systemLog() {
      return "log";
    }

    @Override
    public String supportInformation() {
      return "facts";
    }

    @Override
    public boolean isPerson(String username) {
      return username.equals("owner");
    }

    @Override
    public List<String> scopes() {
      return scopes;
    }

    @Override
    public void scopes(List<String> changed) {
      scopes = List.copyOf(changed);
    }

    @Override
    public boolean discoverable() {
      return discoverable;
    }

    @Override
    public void discoverable(boolean on) {
      discoverable = on;
    }

    @Override
    public boolean reboot() {
      return false;
    }

    @Override
    public void factoryDefault(boolean hard) {
      defaults.add(hard);
    }

    @Override
    public boolean upgrade(InputStream bundle) throws IOException {
      upgrades.add(new String(bundle.readAllBytes(), StandardCharsets.UTF_8));
      return upgrades.get(upgrades.size() - 1).equals("genuine");
    }
  }

  /** Two streams that take what their limits permit. */
  static final class Video implements VideoControl {
    final Map<String, EncoderSettings> settings = new LinkedHashMap<>();

    Video() {
      settings.put("main", EncoderSettings.of(1280, 720, FrameRate.of(25)));
      settings.put("sub", EncoderSettings.of(640, 360, FrameRate.of(15)));
    }

    EncoderSettings of(String stream) {
      return Objects.requireNonNull(settings.get(stream));
    }

    @Override
    public Optional<VideoFormat> source() {
      return Optional.of(new VideoFormat(PixelFormat.I420, 1280, 720, FrameRate.of(25)));
    }

    @Override
    public List<EncodedStream> streams() {
      EncoderLimits limits =
          new EncoderLimits(
              List.of(new EncoderLimits.Size(1280, 720), new EncoderLimits.Size(640, 360)),
              25,
              64_000,
              8_000_000,
              250);
      return settings.entrySet().stream()
          .map(one -> new EncodedStream(one.getKey(), one.getValue(), limits))
          .toList();
    }

    @Override
    public void configure(String stream, EncoderSettings wanted) {
      if (!streams().get(0).limits().permit(wanted)) {
        throw new IllegalArgumentException("outside");
      }
      settings.put(stream, wanted);
    }

    @Override
    public void requestKeyFrame(String stream) {}
  }

  /** Masks and clock. */
  static final class Pictures implements PictureControl {
    List<PrivacyMask> masks = List.of();
    boolean clock = true;

    @Override
    public List<PrivacyMask> masks() {
      return masks;
    }

    @Override
    public void masks(List<PrivacyMask> changed) {
      masks = List.copyOf(changed);
    }

    @Override
    public boolean clock() {
      return clock;
    }

    @Override
    public void clock(boolean shown) {
      clock = shown;
    }
  }

  /** A way out to one address, which notes what is sent. */
  static final class Carrier implements NotifyCarrier {
    static final URI ALLOWED = URI.create("https://recorder.example:8443/in?a=b");
    final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    final AtomicInteger status = new AtomicInteger(200);

    @Override
    public void require(URI consumer) throws IOException {
      if (!consumer.equals(ALLOWED)) {
        throw new IOException("not allowed");
      }
    }

    @Override
    public int post(URI consumer, byte[] message) throws IOException {
      require(consumer);
      int answer = status.get(); // whoever takes the message may set the next one's
      sent.add(new String(message, StandardCharsets.UTF_8));
      return answer;
    }
  }

  static InetAddress peer() {
    return InetAddress.getLoopbackAddress();
  }
}
