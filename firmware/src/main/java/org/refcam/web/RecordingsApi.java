// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.EventType;
import org.refcam.web.RefusedException.Reason;

/**
 * Recordings over REST, beside {@link RestApi}. Who may do what stands in {@link RestTable}. Safe
 * from any thread.
 */
@Path("recordings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class RecordingsApi {
  private static final int MOST_CLIPS = 1000;
  private static final int USUAL_CLIPS = 200;
  private static final int LONGEST_PART_SECONDS = 30;

  private final Recordings recordings;
  private final AuditTrail trail;

  RecordingsApi(Recordings recordings, AuditTrail trail) {
    this.recordings = recordings;
    this.trail = trail;
  }

  /** POST recordings/{id}/hold. */
  public record HoldWish(boolean held) {}

  /** POST recordings/exports. */
  public record ExportWish(String stream, String from, String to, @Nullable String form) {}

  @GET
  public Recordings.Page list(
      @QueryParam("stream") @Nullable String stream,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("after") @Nullable String after)
      throws RefusedException, IOException {
    int most = limit == null ? USUAL_CLIPS : limit;
    if (most < 1 || most > MOST_CLIPS) {
      throw Problems.invalidField("limit");
    }
    Instant begin = instant(from, "from");
    return recordings.list(
        stream(stream), begin, after(begin, to), most, after == null ? "" : after);
  }

  @DELETE
  public Recordings.Erased eraseRange(
      @QueryParam("stream") @Nullable String stream,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to)
      throws RefusedException, IOException {
    Instant begin = instant(from, "from");
    Optional<String> one = stream == null ? Optional.empty() : Optional.of(stream(stream));
    return recordings.erase(one, begin, after(begin, to));
  }

  @GET
  @Path("state")
  public Recordings.State state() {
    return recordings.state();
  }

  @GET
  @Path("settings")
  public RecordingSettings settings() {
    return recordings.settings();
  }

  @PUT
  @Path("settings")
  public RecordingSettings changeSettings(@Nullable RecordingSettings wish)
      throws RefusedException, IOException {
    recordings.save(required(wish));
    return recordings.settings();
  }

  @GET
  @Path("{clip}/thumbnail")
  @Produces("image/jpeg")
  public Response thumbnail(@PathParam("clip") String clip) throws RefusedException, IOException {
    return Response.ok(recordings.thumbnail(clip), "image/jpeg")
        .header("Cache-Control", "no-store")
        .build();
  }

  @GET
  @Path("{clip}/video")
  @Produces("video/mp4")
  public Response video(
      @PathParam("clip") String clip,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange)
      throws RefusedException, IOException {
    return RangedAnswer.of(recordings.video(clip), range, ifRange, false);
  }

  @GET
  @Path("{clip}/part")
  @Produces("video/mp4")
  public Response part(
      @PathParam("clip") String clip,
      @QueryParam("at") @Nullable String at,
      @QueryParam("seconds") @Nullable Integer seconds)
      throws RefusedException, IOException {
    int span = seconds == null ? 4 : seconds;
    if (span < 1 || span > LONGEST_PART_SECONDS) {
      throw Problems.invalidField("seconds");
    }
    Recordings.Part part = recordings.part(clip, instant(at, "at"), Duration.ofSeconds(span));
    return Response.ok(part.bytes(), "video/mp4; codecs=\"" + part.codec() + "\"")
        .header("Cache-Control", "no-store")
        .header("X-Next", part.next().map(RecordingsApi::upToMillis).orElse(""))
        .build();
  }

  @POST
  @Path("{clip}/hold")
  public void hold(@PathParam("clip") String clip, @Nullable HoldWish wish)
      throws RefusedException, IOException {
    boolean held = required(wish).held();
    recordings.hold(clip, held);
    trail.record(EventType.RECORDING_HELD, Map.of("clip", clip, "held", Boolean.toString(held)));
  }

  @DELETE
  @Path("{clip}")
  public void erase(@PathParam("clip") String clip) throws RefusedException, IOException {
    recordings.erase(clip);
  }

  @POST
  @Path("exports")
  public Response export(@Nullable ExportWish wish) throws RefusedException {
    ExportWish given = required(wish);
    String form = given.form() == null ? "mp4" : given.form();
    if (!form.equals("mp4") && !form.equals("bundle")) {
      throw Problems.invalidField("form");
    }
    String stream = stream(given.stream());
    Instant from = instant(given.from(), "from");
    Instant to = after(from, given.to());
    var export = recordings.export(stream, from, to, form.equals("bundle"));
    trail.record(
        EventType.RECORDING_EXPORTED,
        Map.of("stream", stream, "begin", from.toString(), "end", to.toString(), "form", form));
    return Response.status(Response.Status.CREATED)
        .header("Cache-Control", "no-store")
        .entity(export)
        .build();
  }

  @GET
  @Path("exports/{export}")
  public Recordings.Export exportState(@PathParam("export") String export) throws RefusedException {
    return recordings.findExport(export);
  }

  @GET
  @Path("exports/{export}/file")
  @Produces({"video/mp4", "application/octet-stream"})
  public Response exportFile(
      @PathParam("export") String export,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange)
      throws RefusedException {
    return RangedAnswer.of(recordings.exported(export), range, ifRange, true);
  }

  @DELETE
  @Path("exports/{export}")
  public void cancelExport(@PathParam("export") String export) throws RefusedException {
    recordings.cancelExport(export);
  }

  private static String stream(@Nullable String name) throws RefusedException {
    if (name == null || !(name.equals("main") || name.equals("sub"))) {
      throw Problems.invalidField("stream");
    }
    return name;
  }

  private static Instant instant(@Nullable String text, String field) throws RefusedException {
    try {
      if (text != null) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      // answered below like a missing one
    }
    throw Problems.invalidField(field);
  }

  /** Rounded up, because a browser's times are in milliseconds and may not fall before the IDR. */
  private static String upToMillis(Instant time) {
    return time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Instant after(Instant from, @Nullable String to) throws RefusedException {
    Instant end = instant(to, "to");
    if (!end.isAfter(from)) {
      throw Problems.invalidField("to");
    }
    return end;
  }

  private static <T> T required(@Nullable T body) throws RefusedException {
    if (body == null) {
      throw new RefusedException(Reason.MALFORMED_JSON);
    }
    return body;
  }
}
