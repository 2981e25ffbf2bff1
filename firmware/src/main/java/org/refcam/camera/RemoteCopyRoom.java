// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.SealedFile;
import org.refcam.recorder.SealedBundle;
import org.refcam.recorder.SealedFilm;
import org.refcam.remote.RemoteCopy;
import org.refcam.remote.RemoteSettings;
import org.refcam.remote.SealedClip;
import org.refcam.remote.Stores;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipState;
import org.refcam.vault.Vault;

/** The remote copy, wired: clips of the vault as films, sealed for the owner. */
final class RemoteCopyRoom implements AutoCloseable {
  static final String ORIGIN = "remote copy";
  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Optional<Vault> vault;
  private final FilmSigning signing;
  private final SecureRandom random;
  private final Egress egress;
  private final SealedJson<RemoteSettings> settings;
  private final RemoteCopy copy;

  /**
   * @param vault empty if it could not be opened: nothing is copied then
   */
  RemoteCopyRoom(
      Optional<Vault> vault,
      DeviceIdentity identity,
      Egress egress,
      SealedFile settingsFile,
      SealedFile ledger,
      Clock clock,
      SecureRandom random)
      throws IOException {
    this.vault = vault;
    this.random = random;
    this.egress = egress;
    signing = new FilmSigning(identity);
    copy = new RemoteCopy(this::ended, this::seal, Stores.over(egress, clock), ledger, clock);
    settings =
        new SealedJson<>(settingsFile, RemoteSettings.class, RemoteSettings.OFF, copy::settings);
    egress.declare(ORIGIN, settings.current().destinations(), Optional.empty());
    if (vault.isPresent()) {
      copy.start();
    }
  }

  RemoteSettings current() {
    return settings.current();
  }

  RemoteCopy copy() {
    return copy;
  }

  /** Keeps the settings and allows their destination, whose country was checked before. */
  void save(RemoteSettings changed, Actor actor) throws IOException {
    settings.save(changed);
    egress.declare(ORIGIN, changed.destinations(), Optional.of(actor));
    copy.wake();
  }

  @Override
  public void close() {
    copy.close();
  }

  private List<String> ended() {
    List<ClipInfo> clips = new ArrayList<>();
    vault.ifPresent(v -> v.streams().forEach(s -> clips.addAll(clips(v, s))));
    return clips.stream()
        .filter(c -> c.state() == ClipState.FINISHED || c.state() == ClipState.RECOVERED)
        .sorted(Comparator.comparing(ClipInfo::start))
        .map(clip -> clip.id().toString())
        .toList();
  }

  private static List<ClipInfo> clips(Vault vault, String stream) {
    return vault.timeline(stream, Instant.EPOCH, EVER).clips();
  }

  private SealedClip seal(String name, String recipient) throws IOException {
    Vault from = vault.orElseThrow(() -> new IOException("there is no vault"));
    ClipInfo clip =
        from.find(ClipId.parse(name)).orElseThrow(() -> new IOException("the clip is gone"));
    SealedFilm film =
        SealedFilm.make(
            from,
            List.of(clip),
            clip.start(),
            clip.end(),
            signing,
            OutputStream.nullOutputStream(),
            part -> {});
    SealedBundle bundle = SealedBundle.forRecipient(film, recipient, random);
    return new SealedClip() {
      @Override
      public long length() {
        return bundle.length();
      }

      @Override
      public void write(OutputStream out, long begin, long end) throws IOException {
        bundle.write(out, begin, end);
      }
    };
  }
}
