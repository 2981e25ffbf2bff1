// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.tuf.Limits;
import org.refcam.tuf.Release;
import org.refcam.tuf.Repository;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TargetsMetadata;
import org.refcam.tuf.TufException;
import org.refcam.tuf.Updater;
import org.refcam.update.UpdateException.Reason;
import org.refcam.update.UpdateRecord.Candidate;

/** Asks a TUF repository which of its releases is for this camera. Confined to one thread. */
final class Repositories {
  private static final String IMAGE = ".img";
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final UpdateSettings settings;
  private final Trust trust;
  private final Clock clock;

  /**
   * What the repository says.
   *
   * @param newest when the newest release was published: that time is past
   */
  record Answer(Optional<Offer> offer, Instant newest) {}

  Repositories(UpdateSettings settings, Trust trust, Clock clock) {
    this.settings = settings;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * @param referenceTime the fixed start time of this update
   * @param counter the least security version
   * @throws UpdateException NO_SOURCE, NO_TRUST, REPOSITORY
   */
  Answer ask(UpdateWeb web, UpdateRecord record, Instant referenceTime, long counter)
      throws IOException, UpdateException {
    URI base =
        settings
            .repository()
            .orElseThrow(
                () -> new UpdateException(Reason.NO_SOURCE, "no address was given to ask"));
    trust.keyring();
    try {
      Updater updater =
          new Updater(
              new Metadata(web, slashed(base) + "metadata/"),
              trust.metadata(),
              Limits.DEFAULT,
              clock,
              referenceTime);
      updater.refresh();
      TargetsMetadata targets = updater.trusted().findTargets("targets").orElseThrow();
      return answer(updater, targets, slashed(base) + "targets/", record, counter);
    } catch (TufException e) {
      throw new UpdateException(Reason.REPOSITORY, String.valueOf(e.getMessage()), e);
    }
  }

  private Answer answer(
      Updater updater, TargetsMetadata targets, String base, UpdateRecord record, long counter) {
    List<Release> releases = Release.list(targets, settings.channel(), settings.board());
    Instant newest = releases.stream().findFirst().map(Release::published).orElse(Instant.EPOCH);
    Optional<Offer> offer =
        releases.stream()
            .filter(release -> isFor(release, record, counter))
            .max((a, b) -> Version.compare(a.version(), b.version()))
            .map(
                release ->
                    offer(
                        release,
                        base + updater.targetName(release.target()),
                        images(updater, targets, base, release)));
    return new Answer(offer, newest);
  }

  private boolean isFor(Release release, UpdateRecord record, long counter) {
    String hash = release.target().hashes().getOrDefault("sha256", "");
    return release.revision().equals(settings.revision())
        && release.securityVersion() >= counter
        && Version.isNewer(release.version(), settings.version())
        && release.isOfferedTo(settings.serial())
        && hash.matches("[0-9a-f]{64}")
        && !record.hasFailed(hash);
  }

  /** Targets beside the bundle: {@code refcam-1.0.0.rootfs.img} beside {@code refcam-1.0.0.swu}. */
  private static Map<String, URI> images(
      Updater updater, TargetsMetadata targets, String base, Release release) {
    Map<String, URI> images = new TreeMap<>();
    String stem = release.target().path().replaceFirst("\\.swu$", "") + ".";
    for (TargetFile target : targets.targets().values()) {
      String path = target.path();
      if (path.startsWith(stem) && path.endsWith(IMAGE) && path.length() > stem.length() + 4) {
        String name = path.substring(stem.length(), path.length() - IMAGE.length());
        images.put(name, URI.create(base + updater.targetName(target)));
      }
    }
    return images;
  }

  private static Offer offer(Release release, String uri, Map<String, URI> images) {
    TargetFile target = release.target();
    return new Offer(
        new Candidate(
            target.hashes().getOrDefault("sha256", ""),
            target.length(),
            Optional.of(target.path()),
            release.version(),
            release.securityVersion(),
            Optional.empty(),
            release.severity(),
            release.advisory(),
            release.notes()),
        target,
        URI.create(uri),
        images);
  }

  private static String slashed(URI base) {
    String text = base.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** The metadata below an address. */
  private record Metadata(UpdateWeb web, String base) implements Repository {
    @Override
    public Optional<InputStream> open(String name) throws IOException {
      URI uri = URI.create(base + name);
      UpdateWeb.Answer answer = web.get(uri, 0);
      if (answer.status() == OK) {
        return Optional.of(answer.body());
      }
      answer.close();
      // Stores of objects answer 403 for what is not there.
      if (answer.status() == NOT_FOUND || answer.status() == FORBIDDEN) {
        return Optional.empty();
      }
      throw new IOException(uri + " answers " + answer.status());
    }
  }
}
