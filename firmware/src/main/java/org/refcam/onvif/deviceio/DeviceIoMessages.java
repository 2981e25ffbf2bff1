// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.deviceio;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.DeviceTypes;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class DeviceIoMessages {
  private DeviceIoMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetVideoSources")
  public static class GetVideoSources {}

  @XmlRootElement(name = "GetVideoSourcesResponse")
  public static class GetVideoSourcesResponse {
    public List<String> Token = new ArrayList<>();
  }

  @XmlRootElement(name = "GetDigitalInputs")
  public static class GetDigitalInputs {}

  @XmlRootElement(name = "GetDigitalInputsResponse")
  public static class GetDigitalInputsResponse {
    public List<DeviceTypes.DigitalInput> DigitalInputs = new ArrayList<>();
  }

  public static class Capabilities {
    @XmlAttribute(name = "VideoSources")
    public Integer VideoSources;

    @XmlAttribute(name = "VideoOutputs")
    public Integer VideoOutputs;

    @XmlAttribute(name = "RelayOutputs")
    public Integer RelayOutputs;

    @XmlAttribute(name = "SerialPorts")
    public Integer SerialPorts;

    @XmlAttribute(name = "DigitalInputs")
    public Integer DigitalInputs;

    @XmlAttribute(name = "DigitalInputOptions")
    public Boolean DigitalInputOptions;
  }
}
