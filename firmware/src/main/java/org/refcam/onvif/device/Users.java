// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.DeviceTypes;

/**
 * Users. JAXB fills the fields; what a message lacks is null, or an empty list. Names and order are
 * those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Users {
  private Users() {}

  @XmlRootElement(name = "GetUsers")
  public static class GetUsers {}

  @XmlRootElement(name = "GetUsersResponse")
  public static class GetUsersResponse {
    public List<DeviceTypes.User> User = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateUsers")
  public static class CreateUsers {
    public List<DeviceTypes.User> User = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateUsersResponse")
  public static class CreateUsersResponse {}

  @XmlRootElement(name = "DeleteUsers")
  public static class DeleteUsers {
    public List<String> Username = new ArrayList<>();
  }

  @XmlRootElement(name = "DeleteUsersResponse")
  public static class DeleteUsersResponse {}

  @XmlRootElement(name = "SetUser")
  public static class SetUser {
    public List<DeviceTypes.User> User = new ArrayList<>();
  }

  @XmlRootElement(name = "SetUserResponse")
  public static class SetUserResponse {}
}
