// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import org.refcam.access.Role;

/** Every call of the REST interface, for who has to list them; {@link RestTable} is what acts. */
public final class RestCalls {
  /** Who may make a call that needs no session. */
  public static final String ANYONE = "anyone";

  /**
   * One call.
   *
   * @param path below {@code /api/v1/}, with {@code {}} for a variable segment
   * @param who the least role, or {@link #ANYONE}
   * @param beforeSetUp whether it is served before the camera has an owner
   */
  public record RestCall(String method, String path, String who, boolean beforeSetUp) {}

  private RestCalls() {}

  public static List<RestCall> all() {
    return RestTable.CALLS.stream().map(RestCalls::of).toList();
  }

  private static RestCall of(RestTable.Call call) {
    String who = call.operation().map(one -> one.least()).map(Role::word).orElse(ANYONE);
    return new RestCall(call.method(), call.template(), who, call.beforeSetUp());
  }
}
