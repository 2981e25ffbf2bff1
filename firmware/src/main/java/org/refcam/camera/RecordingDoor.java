// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.refcam.recorder.ByteSource;
import org.refcam.recorder.Exports;
import org.refcam.recorder.NothingRecordedException;
import org.refcam.recorder.Playback;
import org.refcam.recorder.RecorderStatus;
import org.refcam.recorder.Retention;
import org.refcam.vault.ClipGoneException;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.Timeline;
import org.refcam.web.RecordingSettings;
import org.refcam.web.Recordings;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;

/** What the web door asks of the recordings. Safe from any thread. */
final class RecordingDoor implements Recordings {
  private final RecordingRoom room;
  private final LongConsumer erased;
  private volatile Runnable saved = () -> {};

  /**
   * @param erased is told how many clips a request has erased
   */
  RecordingDoor(RecordingRoom room, LongConsumer erased) {
    this.room = room;
    this.erased = erased;
  }

  /** Names who is told, after each time that settings were saved. */
  void onSaved(Runnable listener) {
    saved = listener;
  }

  @Override
  public RecordingSettings settings() {
    return room.settings().current();
  }

  @Override
  public void save(RecordingSettings settings) throws IOException {
    room.settings().save(settings);
    room.apply();
    saved.run();
  }

  @Override
  public State state() {
    List<RecorderStatus> recorders = room.status();
    long free = -1;
    long reserve = -1;
    try {
      free = room.space().usable();
      reserve = Retention.reserve(room.space().total());
    } catch (IOException e) {
      // a medium that cannot say is in trouble anyway, and -1 says that it is not known
    }
    return new State(
        settings().mode(),
        room.open().isEmpty() || recorders.stream().anyMatch(RecorderStatus::trouble),
        room.moving(),
        room.open().map(open -> open.vault().totalBytes()).orElse(0L),
        free,
        reserve,
        recorders.stream()
            .map(r -> new Stream(r.stream(), word(r.state()), text(r.since()), r.dropped()))
            .toList());
  }

  @Override
  public Page list(String stream, Instant from, Instant to, int most, String after)
      throws RefusedException {
    Timeline timeline = open().vault().timeline(stream, from, to);
    List<ClipInfo> clips = timeline.clips();
    int begin = 0;
    for (int i = 0; i < clips.size(); i++) {
      begin = clips.get(i).id().toString().equals(after) ? i + 1 : begin;
    }
    List<ClipInfo> shown = clips.subList(begin, Math.min(clips.size(), begin + most));
    boolean more = begin + most < clips.size();
    List<ClipId> ids = shown.stream().map(ClipInfo::id).toList();
    return new Page(
        shown.stream().map(RecordingDoor::clip).toList(),
        timeline.gaps().stream().map(gap -> new Gap(text(gap.from()), text(gap.to()))).toList(),
        timeline.events().stream()
            .filter(event -> ids.contains(event.clip()))
            .map(RecordingDoor::event)
            .toList(),
        more ? ids.get(ids.size() - 1).toString() : "");
  }

  @Override
  public Part part(String clip, Instant at, Duration span) throws RefusedException, IOException {
    try {
      Playback.Part part = open().playback().part(find(clip), at, span);
      return new Part(part.codec(), part.bytes(), part.next());
    } catch (ClipGoneException | NothingRecordedException e) {
      throw notFound(e);
    }
  }

  @Override
  public Content video(String clip) throws RefusedException, IOException {
    ClipInfo info = find(clip);
    try {
      ByteSource film = open().playback().film(info);
      return new Bytes(film, clip + "-" + film.length(), name(info.stream(), info.start()), true);
    } catch (ClipGoneException | NothingRecordedException e) {
      throw notFound(e);
    }
  }

  @Override
  public byte[] thumbnail(String clip) throws RefusedException, IOException {
    try {
      return open()
          .vault()
          .thumbnail(find(clip).id())
          .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND));
    } catch (ClipGoneException e) {
      throw notFound(e);
    }
  }

  @Override
  public void hold(String clip, boolean held) throws RefusedException, IOException {
    open().vault().hold(find(clip).id(), held);
  }

  @Override
  public void erase(String clip) throws RefusedException, IOException {
    ClipInfo info = find(clip);
    if (info.held()) {
      throw new RefusedException(Reason.HELD);
    }
    open().vault().erase(List.of(info.id()));
    open().playback().forget();
    erased.accept(1);
  }

  @Override
  public Erased erase(Optional<String> stream, Instant from, Instant to)
      throws RefusedException, IOException {
    List<String> held = new ArrayList<>();
    for (String name : stream.map(List::of).orElse(open().vault().streams())) {
      open().vault().timeline(name, from, to).clips().stream()
          .filter(ClipInfo::held)
          .forEach(clip -> held.add(clip.id().toString()));
    }
    List<ClipId> gone = open().vault().eraseRange(stream, from, to);
    open().playback().forget();
    if (!gone.isEmpty()) {
      erased.accept(gone.size());
    }
    return new Erased(gone.stream().map(ClipId::toString).toList(), held);
  }

  @Override
  public Export export(String stream, Instant from, Instant to, boolean bundle)
      throws RefusedException {
    Exports.Form form = bundle ? Exports.Form.BUNDLE : Exports.Form.MP4;
    Exports.Export made =
        open()
            .exports()
            .start(new Exports.Wish(stream, from, to, form))
            .orElseThrow(() -> new RefusedException(Reason.TOO_MANY));
    return export(made, made.key());
  }

  @Override
  public Export findExport(String id) throws RefusedException {
    return export(found(id), "");
  }

  @Override
  public Content exported(String id) throws RefusedException {
    Exports.Export export = found(id);
    ByteSource source = export.source().orElseThrow(() -> new RefusedException(Reason.NOT_READY));
    boolean film = export.wish().form() == Exports.Form.MP4;
    return new Bytes(source, id, name(export.wish().stream(), export.wish().from()), film);
  }

  @Override
  public void cancelExport(String id) throws RefusedException {
    if (!open().exports().cancel(id)) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
  }

  private record Bytes(ByteSource source, String tag, String name, boolean film)
      implements Content {
    @Override
    public long length() {
      return source.length();
    }

    @Override
    public String fileName() {
      return film ? name + ".mp4" : name + ".mp4.age";
    }

    @Override
    public String type() {
      return film ? "video/mp4" : "application/octet-stream";
    }

    @Override
    public void write(OutputStream out, long from, long to) throws IOException {
      source.write(out, from, to);
    }
  }

  private RecordingRoom.Open open() throws RefusedException {
    return room.open().orElseThrow(() -> new RefusedException(Reason.NO_RECORDINGS));
  }

  private ClipInfo find(String id) throws RefusedException {
    try {
      return open()
          .vault()
          .find(ClipId.parse(id))
          .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND));
    } catch (IllegalArgumentException e) {
      throw notFound(e);
    }
  }

  private Exports.Export found(String id) throws RefusedException {
    return open().exports().find(id).orElseThrow(() -> new RefusedException(Reason.NOT_FOUND));
  }

  private static RefusedException notFound(Exception cause) {
    RefusedException refused = new RefusedException(Reason.NOT_FOUND);
    refused.initCause(cause);
    return refused;
  }

  private static Clip clip(ClipInfo clip) {
    return new Clip(
        clip.id().toString(),
        clip.stream(),
        word(clip.trigger()),
        text(clip.start()),
        text(clip.end()),
        clip.bytes(),
        clip.pictures(),
        word(clip.state()),
        clip.held(),
        clip.thumbnail());
  }

  private static Event event(Timeline.Event event) {
    String detail = event.event().detail();
    return new Event(
        event.clip().toString(),
        event.event().kind(),
        text(event.event().start()),
        text(event.event().end()),
        detail.isEmpty() ? List.of() : Arrays.asList(detail.split(",", -1)));
  }

  private static Export export(Exports.Export export, String key) {
    return new Export(
        export.id(),
        export.wish().stream(),
        text(export.wish().from()),
        text(export.wish().to()),
        word(export.wish().form()),
        word(export.phase()),
        export.progress(),
        export.source().map(ByteSource::length).orElse(0L),
        key);
  }

  private static String name(String stream, Instant start) {
    String time = start.truncatedTo(ChronoUnit.SECONDS).toString();
    return "refcam-" + stream + "-" + time.replaceAll("[:Z]", "").replace('T', '-');
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
