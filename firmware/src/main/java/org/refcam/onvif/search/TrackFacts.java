// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.refcam.codec.InvalidParameterSetException;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.schema.SearchTypes.MediaAttributes;
import org.refcam.onvif.schema.SearchTypes.TrackAttributes;
import org.refcam.onvif.schema.SearchTypes.VideoAttributes;
import org.refcam.stream.StreamParameters;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a recording's pictures are like at a moment. Safe from any thread. */
final class TrackFacts {
  private static final Logger log = LoggerFactory.getLogger(TrackFacts.class);

  private final RecordingBook book;

  TrackFacts(RecordingBook book) {
    this.book = book;
  }

  /** Of the clip that covers the moment; empty if there is none, or none that can be read. */
  Optional<MediaAttributes> at(String stream, Instant at) {
    Vault vault = book.vault();
    List<ClipInfo> clips = vault.following(stream, at, 1);
    if (clips.isEmpty() || clips.get(0).start().isAfter(at)) {
      return Optional.empty();
    }
    ClipInfo clip = clips.get(0);
    try (ClipReader reader = vault.read(clip.id())) {
      Optional<RecordedUnit> first = reader.next();
      Optional<StreamParameters> found =
          first.isEmpty()
              ? Optional.empty()
              : StreamParameters.find(first.get().unit(), reader.start().frameRate());
      return found.map(parameters -> attributes(stream, clip, parameters));
    } catch (IOException | InvalidParameterSetException e) {
      log.info("no facts of a recording: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private MediaAttributes attributes(String stream, ClipInfo clip, StreamParameters parameters) {
    VideoAttributes video = new VideoAttributes();
    long millis = Math.max(1, clip.duration().toMillis());
    video.Bitrate = (int) Math.min(Integer.MAX_VALUE, clip.bytes() * 8 / millis); // kbit/s
    video.Width = parameters.width();
    video.Height = parameters.height();
    video.Encoding = "H264";
    video.Framerate = (float) parameters.frameRate().perSecond();
    TrackAttributes track = new TrackAttributes();
    track.TrackInformation = book.track(stream);
    track.VideoAttributes = video;
    MediaAttributes made = new MediaAttributes();
    made.RecordingToken = RecordingBook.token(stream);
    made.TrackAttributes = List.of(track);
    made.From = RecordingBook.text(clip.start());
    made.Until = RecordingBook.text(clip.end());
    return made;
  }
}
