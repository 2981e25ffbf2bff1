// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import java.util.ArrayList;
import java.util.List;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.DiscoveryScopes;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Values;
import org.refcam.onvif.device.Scopes.GetScopesResponse;
import org.refcam.onvif.schema.DeviceTypes.Scope;

/** Scopes: fixed ones and those that clients set. Safe from any thread. */
final class ScopeDesk {
  private final DeviceControl device;

  ScopeDesk(DeviceControl device) {
    this.device = device;
  }

  GetScopesResponse list() {
    GetScopesResponse response = new GetScopesResponse();
    DiscoveryScopes.fixed(device).forEach(item -> response.Scopes.add(scope("Fixed", item)));
    DiscoveryScopes.configurable(device)
        .forEach(item -> response.Scopes.add(scope("Configurable", item)));
    return response;
  }

  void set(List<String> wanted) {
    check(wanted);
    Values.store(() -> device.scopes(wanted));
  }

  void add(List<String> items) {
    List<String> all = new ArrayList<>(device.scopes());
    items.stream().filter(item -> !all.contains(item)).forEach(all::add);
    set(all);
  }

  void remove(List<String> items) {
    if (items.stream().anyMatch(DiscoveryScopes.fixed(device)::contains)) {
      throw OnvifFault.of(Code.OPERATION_PROHIBITED, "FixedScope", "this scope is fixed");
    }
    List<String> left = new ArrayList<>(DiscoveryScopes.configurable(device));
    if (!left.containsAll(items)) {
      throw OnvifFault.invalid("NoScope", "there is no such scope");
    }
    left.removeAll(items);
    Values.store(() -> device.scopes(left));
  }

  private void check(List<String> items) {
    if (items.size() > DiscoveryScopes.MOST) {
      throw OnvifFault.of(Code.ACTION, "TooManyScopes", "there is no room for so many scopes");
    }
    if (items.stream().anyMatch(DiscoveryScopes.fixed(device)::contains)) {
      throw OnvifFault.of(Code.OPERATION_PROHIBITED, "ScopeOverwrite", "a scope is fixed");
    }
    if (!items.stream().allMatch(DiscoveryScopes::valid)) {
      throw OnvifFault.of(Code.INVALID_ARGS, "a scope is an address of 1 to 128 letters");
    }
  }

  private static Scope scope(String definition, String item) {
    Scope scope = new Scope();
    scope.ScopeDef = definition;
    scope.ScopeItem = item;
    return scope;
  }
}
