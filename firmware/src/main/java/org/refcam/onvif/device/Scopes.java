// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.DeviceTypes;

/**
 * Scopes and discovery. JAXB fills the fields; what a message lacks is null, or an empty list.
 * Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Scopes {
  private Scopes() {}

  @XmlRootElement(name = "GetScopes")
  public static class GetScopes {}

  @XmlRootElement(name = "GetScopesResponse")
  public static class GetScopesResponse {
    public List<DeviceTypes.Scope> Scopes = new ArrayList<>();
  }

  @XmlRootElement(name = "SetScopes")
  public static class SetScopes {
    public List<String> Scopes = new ArrayList<>();
  }

  @XmlRootElement(name = "SetScopesResponse")
  public static class SetScopesResponse {}

  @XmlRootElement(name = "AddScopes")
  public static class AddScopes {
    public List<String> ScopeItem = new ArrayList<>();
  }

  @XmlRootElement(name = "AddScopesResponse")
  public static class AddScopesResponse {}

  @XmlRootElement(name = "RemoveScopes")
  public static class RemoveScopes {
    public List<String> ScopeItem = new ArrayList<>();
  }

  @XmlRootElement(name = "RemoveScopesResponse")
  public static class RemoveScopesResponse {
    public List<String> ScopeItem = new ArrayList<>();
  }

  @XmlRootElement(name = "GetDiscoveryMode")
  public static class GetDiscoveryMode {}

  @XmlRootElement(name = "GetDiscoveryModeResponse")
  public static class GetDiscoveryModeResponse {
    public String DiscoveryMode;
  }

  @XmlRootElement(name = "SetDiscoveryMode")
  public static class SetDiscoveryMode {
    public String DiscoveryMode;
  }

  @XmlRootElement(name = "SetDiscoveryModeResponse")
  public static class SetDiscoveryModeResponse {}

  @XmlRootElement(name = "GetEndpointReference")
  public static class GetEndpointReference {}

  @XmlRootElement(name = "GetEndpointReferenceResponse")
  public static class GetEndpointReferenceResponse {
    public String GUID;
  }
}
