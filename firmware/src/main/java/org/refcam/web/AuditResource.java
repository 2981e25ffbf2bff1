// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditQuery;
import org.refcam.audit.AuditQuery.Position;
import org.refcam.audit.AuditRecord;
import org.refcam.audit.AuditReport;
import org.refcam.audit.EventType;
import org.refcam.audit.LoggingSettings;
import org.refcam.audit.SyslogForwarder;

/** The audit log, for administrators. */
@Path("audit")
@Consumes(MediaType.APPLICATION_JSON)
public final class AuditResource {
  private final Household household;
  private final CameraStatus status;
  private final AuditTrail trail;

  AuditResource(Household household, CameraStatus status) {
    this.household = household;
    this.status = status;
    this.trail = new AuditTrail(household.audit());
  }

  /** One record; its line in an export has the same fields. */
  public record RecordFacts(
      String chain,
      long sequence,
      String time,
      String quality,
      long boot,
      long uptimeMillis,
      String type,
      String actor,
      String address,
      long count,
      Map<String, String> details) {}

  /**
   * Some records, newest first.
   *
   * @param next what to give as {@code before} for older ones; empty if there are none
   */
  public record Page(List<RecordFacts> records, String next) {}

  /** One fault. */
  public record FaultFacts(String where, long record, String reason) {}

  /** What a check of the whole log found. */
  public record Check(
      boolean sound, List<AuditReport.ChainFacts> chains, List<FaultFacts> faults) {}

  /**
   * The settings and their effect.
   *
   * @param dutyToLog whether the opt-out has no effect where the camera stands
   */
  public record LoggingState(
      LoggingSettings settings,
      boolean dutyToLog,
      boolean recordsOptional,
      List<String> optionalTypes,
      SyslogForwarder.State forwardingState) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Page records(
      @QueryParam("type") List<String> types,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @DefaultValue("50") int limit)
      throws RefusedException, IOException {
    AuditQuery query = query(types, before, limit);
    List<AuditRecord> found = household.audit().read(query);
    String next = found.size() < limit ? "" : Position.of(found.get(found.size() - 1)).toString();
    return new Page(found.stream().map(AuditResource::facts).toList(), next);
  }

  @GET
  @Path("check")
  @Produces(MediaType.APPLICATION_JSON)
  public Check check() throws IOException {
    AuditReport report = household.audit().verify();
    return new Check(
        report.sound(),
        report.chains(),
        report.faults().stream()
            .map(f -> new FaultFacts(f.where(), f.sequence(), f.reason().word()))
            .toList());
  }

  @GET
  @Path("export")
  @Produces("application/x-ndjson")
  public Response export() throws IOException {
    String serial = status.facts().serial();
    byte[] lines = household.audit().export(serial);
    return Response.ok(lines, "application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"audit-" + serial + ".jsonl\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  @GET
  @Path("settings")
  @Produces(MediaType.APPLICATION_JSON)
  public LoggingState settings() {
    AuditControl control = household.auditControl();
    boolean duty = control.dutyToLog();
    return new LoggingState(
        control.current(),
        duty,
        !control.current().optOut() || duty,
        EnumSet.allOf(EventType.class).stream()
            .filter(EventType::optional)
            .map(EventType::word)
            .toList(),
        control.forwarding());
  }

  @PUT
  @Path("settings")
  @Produces(MediaType.APPLICATION_JSON)
  public LoggingState changeSettings(@Nullable LoggingSettings wish)
      throws RefusedException, IOException {
    LoggingSettings given = Given.body(wish);
    household.auditControl().save(given);
    boolean sends = given.forwarding().enabled();
    trail.record(
        EventType.LOGGING_CHANGED,
        Map.of(
            "optOut",
            Boolean.toString(given.optOut()),
            "forwarding",
            Boolean.toString(sends),
            "host",
            sends ? given.forwarding().host() : "",
            "country",
            sends ? given.forwarding().country() : ""));
    return settings();
  }

  private static AuditQuery query(List<String> types, @Nullable String before, int limit)
      throws RefusedException {
    Set<EventType> wanted = EnumSet.noneOf(EventType.class);
    for (String word : types) {
      try {
        wanted.add(EventType.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw refusal("type", e);
      }
    }
    try {
      Optional<Position> position =
          before == null || before.isEmpty()
              ? Optional.empty()
              : Optional.of(Position.parse(before));
      return new AuditQuery(wanted, position, limit);
    } catch (IllegalArgumentException e) {
      throw refusal(limit < 1 || limit > AuditQuery.MOST ? "limit" : "before", e);
    }
  }

  private static RefusedException refusal(String field, IllegalArgumentException cause) {
    RefusedException refusal = Problems.invalidField(field);
    refusal.initCause(cause);
    return refusal;
  }

  private static RecordFacts facts(AuditRecord record) {
    return new RecordFacts(
        record.chain().word(),
        record.sequence(),
        record.time().toString(),
        record.quality().word(),
        record.boot(),
        record.uptimeMillis(),
        record.event().type().word(),
        record.event().actor(),
        record.event().address(),
        record.count(),
        record.event().details());
  }
}
