// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.refcam.access.Accounts;
import org.refcam.access.ClientCredentials;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Passkeys;
import org.refcam.access.Sessions;
import org.refcam.board.Board;
import org.refcam.crypto.SecretBytes;
import org.refcam.erase.SlotGate;
import org.refcam.health.Watchdog;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.SealedFile;
import org.refcam.label.Label;
import org.refcam.provision.LabelStore;
import org.refcam.rtsp.RtspServer;
import org.refcam.rtsp.RtspSettings;
import org.refcam.storage.FileWrites;
import org.refcam.stream.Streams;
import org.refcam.update.HealthCheck;
import org.refcam.web.CameraSettings;
import org.refcam.web.CameraStatus;
import org.refcam.web.CameraStatus.StreamFacts;
import org.refcam.web.Household;
import org.refcam.web.WebDoors;
import org.refcam.web.WebServer;
import org.refcam.web.WebSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of one running camera, started bottom-up and stopped top-down. */
final class Camera implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Camera.class);
  private static final Duration FIRST_PICTURE = Duration.ofSeconds(10);

  private final long startedNanos = System.nanoTime();
  private final Clock clock = Clock.systemUTC();
  private final FileWrites writes = FileWrites.disk();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final DeviceIdentity identity;
  private final SourceKeeper source;
  private final Streams streams;
  private final RtspServer rtsp;
  private final WebServer web;
  private final OnvifRoom onvif;
  private final FrontDesk frontDesk;
  private final DeviceStart device;
  private final SecureRandom random;
  private final KeyHierarchy keys;
  private final SealedSettings settings;
  private final LabelStore labels;
  private final ReplayDoor replays;
  private final RecordingRoom recordings;
  private final SlotGate gate = new SlotGate();
  private final RecordingDoor recordingDoor;
  private final EraseRoom erase;
  private final Household household;
  private final CameraUpdates updates;
  private final FleetDesk fleet;
  private final CrashDesk crashes;
  private final WifiDesk wifi;
  private final EgressDoor wayOut;
  private volatile @Nullable EgressDesk way;
  private final Optional<Label> label;

  /**
   * Opens or makes what the camera keeps, and starts everything.
   *
   * @throws IOException with one line that says which part cannot be had
   */
  Camera(RunOptions options, Board board) throws IOException {
    try {
      Optional<StatusSocket> status = StatusSocket.open(options.data, writes);
      status.ifPresent(parts::push);
      keep(DataLock.take(options.data));
      crashes =
          keep(
              CrashDesk.begin(
                  options, writes, clock, () -> Restart.soon(!options.source.isPipe())));
      device = keep(deviceStart(options, board));
      random = device.random();
      keys = device.keys();
      identity = device.identity();
      SecretBytes configKey = keys.configKey();
      settings = new SealedSettings(configFile(options, configKey, "settings"));
      source = keep(source(options, board));
      unlessSafe(source::start);
      streams = new Streams(List.of(source.main(), source.sub()));

      labels = new LabelStore(options.data, writes);
      GuessLimiter limiter = new GuessLimiter(AppliedSettings.guesses(settings.current()), clock);
      EgressDesk out = keep(egressDesk(options, configKey));
      way = out;
      AuditDesk audit = keep(auditDesk(options, configKey, out));
      household = household(options, configKey, limiter, audit);
      wifi = keep(new WifiDesk(configFile(options, configKey, "wifi"), options, settings, audit));
      device.beginRenewal(configFile(options, configKey, "keystore"), audit.log());
      frontDesk = FrontDesk.of(household, clients(options, configKey), labels, clock, random);
      updates = keep(updates(options, board, audit, out));
      replays = new ReplayDoor(frontDesk.clientCredentials());
      fleet = keep(fleet(options, configKey, out));
      rtsp = keep(rtsp(options));
      unlessSafe(rtsp::start); // live pictures first: what follows is most of the start
      recordings = keep(recordings(options, configKey));
      recordingDoor = new RecordingDoor(recordings, count -> eraseRoom().clipsErased(count));
      erase = eraseRoom(options, board, configKey);
      wayOut = wayOut(options, configKey, out);
      settings.onChange(changed -> follow(changed, limiter, audit));
      web = keep(web(options, board));
      onvif = keep(onvif(options, board, configKey, out));
      unlessSafe(() -> web.mount("/onvif", onvif.servlet()));
      options.security.contact().ifPresent(contact -> web.securityContact(contact, clock));
      web.start();
      unlessSafe(onvif::start);
      label = frontDesk.ready() ? Optional.empty() : Optional.of(openLabel(options));
      unlessSafe(() -> source.awaitFirstPicture(FIRST_PICTURE));
      ResetButton.open(board, erase).ifPresent(parts::push);
      status.ifPresent(s -> s.serve(() -> status(options.bind)));
      updates.start(probes(options, configKey));
      ServiceManager.told(System.getenv(), signsOfLife(options)).ifPresent(parts::push);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException | RuntimeException e) {
      crashed(e);
      close();
      throw e;
    }
  }

  /** Whether pictures are handled, too; a safe start has neither streams nor recordings. */
  boolean whole() {
    return !crashes.safeMode();
  }

  /** A step of the start that handles pictures. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void unlessSafe(Step step) throws IOException, InterruptedException {
    if (whole()) {
      step.run();
    }
  }

  private void crashed(Exception failure) {
    parts.stream()
        .filter(CrashDesk.class::isInstance)
        .forEach(desk -> ((CrashDesk) desk).failed(failure));
  }

  private DeviceStart deviceStart(RunOptions options, Board board) throws IOException {
    return new DeviceStart(
        options.data,
        options.root.isEmpty() ? board.rootOfTrust() : options.root,
        board.name(),
        options.bind,
        options.est(this::estSocket),
        writes,
        clock);
  }

  private EgressDesk egressDesk(RunOptions options, SecretBytes configKey) throws IOException {
    EgressDesk desk =
        new EgressDesk(
            configFile(options, configKey, "egress"), settings.current().country(), clock);
    desk.commandLine(options.destinations());
    options.firewallList().ifPresent(file -> desk.kernelFollows(file, writes));
    return desk;
  }

  /** Hands changed settings to whoever works by them. */
  private void follow(CameraSettings changed, GuessLimiter limiter, AuditDesk audit) {
    limiter.settings(AppliedSettings.guesses(changed));
    source.pictureSettings(AppliedSettings.pictures(changed));
    recordings.zone(ZoneId.of(changed.timeZone()));
    audit.countryChanged();
    wifi.country(changed.country());
  }

  private OnvifRoom onvif(RunOptions options, Board board, SecretBytes configKey, EgressDesk out)
      throws IOException {
    OnvifRoom made =
        new OnvifRoom(
            options,
            board,
            identity,
            device.keystore(),
            source,
            settings,
            configFile(options, configKey, "onvif"),
            household,
            frontDesk.clientCredentials(),
            frontDesk.digest(),
            () -> new OnvifRoom.Ports(web.port(), rtsp.port()),
            new OnvifRoom.Parts(recordings, recordingDoor, replays, erase, updates, out.egress()),
            clock,
            random);
    recordings.onMotion(made::motion);
    made.stream(rtsp);
    return made;
  }

  private SourceKeeper source(RunOptions options, Board board) {
    return new SourceKeeper(
        options.source, board, AppliedSettings.pictures(settings.current()), clock);
  }

  private Label openLabel(RunOptions options) throws IOException {
    return labels.openOrCreate(
        serial(),
        identity.certificateSha256(),
        httpsUrl(options.bind),
        keys.assuranceLevel().word(),
        random);
  }

  private EgressDoor wayOut(RunOptions options, SecretBytes configKey, EgressDesk out)
      throws IOException {
    RemoteCopyRoom remote =
        keep(
            new RemoteCopyRoom(
                recordings.open().map(RecordingRoom.Open::vault),
                identity,
                out.egress(),
                configFile(options, configKey, "remote"),
                configFile(options, configKey, "remote-ledger"),
                clock,
                random));
    return new EgressDoor(out.egress(), remote, random);
  }

  private Socket estSocket(String host, int port) throws IOException {
    EgressDesk out = way;
    if (out == null) {
      throw new IOException("the camera is not ready to call anybody");
    }
    return out.estSocket(host, port);
  }

  private AuditDesk auditDesk(RunOptions options, SecretBytes configKey, EgressDesk out)
      throws IOException {
    return new AuditDesk(
        options.data,
        keys.auditKey(),
        identity,
        configFile(options, configKey, "logging"),
        () -> settings.current().country(),
        out,
        clock,
        random);
  }

  private SealedFile configFile(RunOptions options, SecretBytes configKey, String name) {
    return new SealedFile(
        options.data.resolve("config").resolve(name + ".sealed"),
        configKey,
        "config/" + name,
        writes,
        random);
  }

  private CameraUpdates updates(RunOptions options, Board board, AuditDesk audit, EgressDesk out)
      throws IOException {
    return new CameraUpdates(
        options,
        board,
        UpdateCommand.counterFile(options.data, keys.identityKey(), writes, random),
        serial(),
        audit.log(),
        new UpdateRoute(out.egress()),
        () -> ZoneId.of(settings.current().timeZone()),
        clock,
        random);
  }

  private FleetDesk fleet(RunOptions options, SecretBytes configKey, EgressDesk out)
      throws IOException {
    return new FleetDesk(
        updates.service(),
        out.egress(),
        identity,
        configFile(options, configKey, "fleet"),
        configFile(options, configKey, "fleet-memory"),
        clock,
        random);
  }

  private RecordingRoom recordings(RunOptions options, SecretBytes configKey) throws IOException {
    RecordingRoom room =
        new RecordingRoom(
            options.data.resolve("recordings"),
            whole(),
            gate.guard(keys.recordings()),
            new RecordingSettingsFile(configFile(options, configKey, "recording")),
            source,
            streams,
            identity,
            ZoneId.of(settings.current().timeZone()),
            household.audit()::record,
            clock,
            random);
    room.open().map(RecordingRoom.Open::vault).ifPresent(replays::open);
    return room;
  }

  private List<HealthCheck.Probe> probes(RunOptions options, SecretBytes configKey) {
    return HealthProbes.of(
        streams,
        () -> URI.create(httpsUrl(options.bind)),
        identity::shownSha256,
        configFile(options, configKey, "settings"),
        clock,
        updates::timeFloor);
  }

  private List<Watchdog.Sign> signsOfLife(RunOptions options) {
    return HealthProbes.signsOfLife(
        () -> URI.create(httpsUrl(options.bind)),
        whole() ? OptionalInt.of(rtsp.port()) : OptionalInt.empty(),
        identity::shownSha256);
  }

  private Household household(
      RunOptions options, SecretBytes configKey, GuessLimiter limiter, AuditDesk audit)
      throws IOException {
    Accounts accounts = new Accounts(options.data, configKey, writes, random, clock);
    Sessions sessions = new Sessions(clock, random);
    return new Household(
        accounts,
        sessions,
        new Passkeys(accounts, clock, random),
        limiter,
        audit.log(),
        audit,
        new SessionLimits(configFile(options, configKey, "sessions"), sessions));
  }

  private EraseRoom eraseRoom() {
    return erase;
  }

  private EraseRoom eraseRoom(RunOptions options, Board board, SecretBytes configKey)
      throws IOException {
    return new EraseRoom(
        new EraseParts(options.data, keys, identity, board.name(), writes, clock, random),
        gate,
        configFile(options, configKey, "erasures"),
        household.audit(),
        recordingDoor,
        crashes::restart);
  }

  private ClientCredentials clients(RunOptions options, SecretBytes configKey) throws IOException {
    return new ClientCredentials(options.data, configKey, writes, random, clock);
  }

  private RtspServer rtsp(RunOptions options) {
    return new RtspServer(
        RtspSettings.of(options.bind, options.rtspsPort, options.plainRtsp(), options.srtpPort),
        identity.tlsContext(),
        streams,
        frontDesk,
        replays,
        "refcam-" + identity.serial(),
        random);
  }

  private EvidenceDesk evidence(RunOptions options, Board board) {
    return new EvidenceDesk(
        new EvidenceParts(
            options,
            board,
            identity,
            keys,
            frontDesk,
            household,
            settings,
            wayOut.egress(),
            recordings,
            source,
            updates,
            () -> new EvidenceParts.Doors(web.port(), rtsp, onvif.discovery()),
            clock));
  }

  private WebServer web(RunOptions options, Board board) throws IOException {
    return new WebServer(
        new WebSettings(InetAddress.getByName(options.bind), options.httpsPort),
        identity.tlsContext(),
        DeviceIdentity.protocols(),
        DeviceIdentity.cipherSuites(),
        new WebDoors(
            frontDesk,
            streams,
            this::snapshot,
            this::facts,
            settings,
            new TunnelDoor(rtsp),
            household,
            updates,
            new FactoryDesk(identity, frontDesk),
            recordingDoor,
            erase,
            wayOut,
            fleet,
            evidence(options, board),
            crashes,
            wifi),
        clock);
  }

  String serial() {
    return identity.serial();
  }

  /** The label to show, if the camera has no owner. */
  Optional<Label> label() {
    return label;
  }

  boolean ready() {
    return frontDesk.ready();
  }

  String httpsUrl(String bind) {
    return "https://" + LocalAddress.reachable(bind) + ":" + web.port();
  }

  String rtspsUrl(String bind) {
    return whole() ? "rtsps://" + LocalAddress.reachable(bind) + ":" + rtsp.port() : "";
  }

  Optional<Integer> plainRtspPort() {
    return rtsp.plainPort();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) { // AutoCloseable declares no less; the other parts still stop
        log.warn("while stopping", e);
      }
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private byte[] snapshot(String stream) throws IOException {
    return source.snapshot();
  }

  private CameraStatus.Facts facts() {
    return new CameraStatus.Facts(
        identity.serial(),
        Main.version(),
        source.sourceName(),
        keys.assuranceLevel().word(),
        whole() ? rtsp.port() : 0,
        Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds(),
        streams.all().stream().flatMap(stream -> StreamFacts.of(stream).stream()).toList());
  }

  private byte[] status(String bind) {
    return LocalStatus.json(LocalStatus.running(this, bind, facts()));
  }
}
