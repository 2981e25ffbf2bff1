// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;

/**
 * What an operator orders, from {@code deploymentBase/ID} or {@code confirmationBase/ID}.
 *
 * <pre>
 *   {"id": "8", "deployment": {"download": "forced", "update": "attempt",
 *      "maintenanceWindow": "available",
 *      "chunks": [{"part": "os", "name": N, "version": V, "artifacts": [
 *        {"filename": "x.swu", "size": 123, "hashes": {"sha256": H},
 *         "_links": {"download": {"href": URI}}}]}]}}
 * </pre>
 *
 * @param id of the action
 * @param bundles artifacts whose name ends in {@code .swu}
 */
record Deployment(String id, Handling download, Handling update, List<Bundle> bundles) {
  /** How far the server leaves a step to the camera. */
  enum Handling {
    /** Not now. */
    SKIP,
    /** When it suits. */
    ATTEMPT,
    /** At once. */
    FORCED
  }

  /**
   * @param name of the file, for people
   * @param sha256 in lower case; empty if the server does not say
   * @param links where it may be fetched, the preferred first
   */
  record Bundle(String name, long size, String sha256, List<URI> links) {
    /** The first link of the scheme. */
    Optional<URI> link(String scheme) {
      return links.stream().filter(uri -> Origin.of(uri).scheme().equals(scheme)).findFirst();
    }
  }

  private static final long SIZE_MAX = 1L << 40;
  private static final int NAME_MAX = 256;
  private static final int BUNDLES_MAX = 64;

  /**
   * @param what {@code deployment} or {@code confirmation}
   */
  static Deployment parse(JsonObject json, String what)
      throws InvalidJsonException, FleetException {
    JsonObject order = json.object(what);
    Handling update = handling(order, "update");
    if (order.findText("maintenanceWindow").orElse("available").equals("unavailable")) {
      update = Handling.SKIP;
    }
    List<Bundle> bundles = new ArrayList<>();
    for (JsonObject chunk : order.list("chunks")) {
      for (JsonObject artifact :
          chunk.has("artifacts") ? chunk.list("artifacts") : List.<JsonObject>of()) {
        String name = artifact.text("filename");
        if (name.toLowerCase(Locale.ROOT).endsWith(".swu")) {
          bundles.add(bundle(artifact, name));
        }
        if (bundles.size() > BUNDLES_MAX) {
          throw order.bad("chunks", "at most " + BUNDLES_MAX + " bundles");
        }
      }
    }
    return new Deployment(json.text("id"), handling(order, "download"), update, bundles);
  }

  private static Handling handling(JsonObject order, String name) throws InvalidJsonException {
    return switch (order.text(name)) {
      case "skip" -> Handling.SKIP;
      case "attempt" -> Handling.ATTEMPT;
      case "forced" -> Handling.FORCED;
      default -> throw order.bad(name, "skip, attempt or forced");
    };
  }

  private static Bundle bundle(JsonObject artifact, String name)
      throws InvalidJsonException, FleetException {
    Optional<String> hash =
        artifact.has("hashes") ? artifact.object("hashes").findText("sha256") : Optional.empty();
    List<URI> links = new ArrayList<>();
    if (artifact.has("_links")) {
      for (String rel : List.of("download", "download-http")) {
        JsonObject all = artifact.object("_links");
        if (all.has(rel)) {
          links.add(PollAnswer.uri(all.object(rel).text("href")));
        }
      }
    }
    String lower = hash.orElse("").toLowerCase(Locale.ROOT);
    return new Bundle(
        name.substring(0, Math.min(name.length(), NAME_MAX)),
        artifact.number("size", 0, SIZE_MAX),
        lower.matches("[0-9a-f]{64}") ? lower : "",
        links);
  }
}
