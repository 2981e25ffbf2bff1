// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import org.refcam.onvif.Call;
import org.refcam.onvif.recording.RecordingService;
import org.refcam.onvif.schema.DeviceTypes.CapabilitiesExtension;
import org.refcam.onvif.schema.DeviceTypes.DeviceCapabilities;
import org.refcam.onvif.schema.DeviceTypes.DeviceIOCapabilities;
import org.refcam.onvif.schema.DeviceTypes.EventCapabilities;
import org.refcam.onvif.schema.DeviceTypes.IOCapabilities;
import org.refcam.onvif.schema.DeviceTypes.ImagingCapabilities;
import org.refcam.onvif.schema.DeviceTypes.MediaCapabilities;
import org.refcam.onvif.schema.DeviceTypes.NetworkCapabilities;
import org.refcam.onvif.schema.DeviceTypes.RealTimeStreamingCapabilities;
import org.refcam.onvif.schema.DeviceTypes.RecordingCapabilities;
import org.refcam.onvif.schema.DeviceTypes.ReplayCapabilities;
import org.refcam.onvif.schema.DeviceTypes.SearchCapabilities;
import org.refcam.onvif.schema.DeviceTypes.SecurityCapabilities;
import org.refcam.onvif.schema.DeviceTypes.SystemCapabilities;
import org.refcam.onvif.schema.MediaTypes.OnvifVersion;

/** The parts of GetCapabilities. Stateless. */
final class LegacyCapabilities {
  private LegacyCapabilities() {}

  static DeviceCapabilities device() {
    DeviceCapabilities made = new DeviceCapabilities();
    made.XAddr = Call.current().address("device_service");
    made.Network = new NetworkCapabilities();
    made.Network.IPFilter = false;
    made.Network.ZeroConfiguration = false;
    made.Network.IPVersion6 = false;
    made.Network.DynDNS = false;
    made.System = new SystemCapabilities();
    made.System.DiscoveryResolve = true;
    made.System.DiscoveryBye = true;
    made.System.RemoteDiscovery = false;
    made.System.SystemBackup = false;
    made.System.SystemLogging = true;
    made.System.FirmwareUpgrade = false;
    OnvifVersion version = new OnvifVersion();
    version.Major = 26;
    version.Minor = 6;
    made.System.SupportedVersions.add(version);
    made.IO = new IOCapabilities();
    made.IO.InputConnectors = 0;
    made.IO.RelayOutputs = 0;
    made.Security = new SecurityCapabilities();
    made.Security.TLS1_1 = false;
    made.Security.TLS1_2 = true;
    made.Security.OnboardKeyGeneration = false;
    made.Security.AccessPolicyConfig = false;
    made.Security.X_509Token = false;
    made.Security.SAMLToken = false;
    made.Security.KerberosToken = false;
    made.Security.RELToken = false;
    return made;
  }

  static MediaCapabilities media() {
    MediaCapabilities made = new MediaCapabilities();
    made.XAddr = Call.current().address("media_service");
    made.StreamingCapabilities = new RealTimeStreamingCapabilities();
    made.StreamingCapabilities.RTP_TCP = false;
    made.StreamingCapabilities.RTP_RTSP_TCP = true;
    return made;
  }

  static EventCapabilities events() {
    EventCapabilities made = new EventCapabilities();
    made.XAddr = Call.current().address("event_service");
    made.WSSubscriptionPolicySupport = false;
    made.WSPullPointSupport = true;
    made.WSPausableSubscriptionManagerInterfaceSupport = false;
    return made;
  }

  static ImagingCapabilities imaging() {
    ImagingCapabilities made = new ImagingCapabilities();
    made.XAddr = Call.current().address("imaging_service");
    return made;
  }

  static CapabilitiesExtension extension() {
    CapabilitiesExtension made = new CapabilitiesExtension();
    made.DeviceIO = new DeviceIOCapabilities();
    made.DeviceIO.XAddr = Call.current().address("deviceio_service");
    made.DeviceIO.VideoSources = 1;
    made.DeviceIO.VideoOutputs = 0;
    made.DeviceIO.AudioSources = 0;
    made.DeviceIO.AudioOutputs = 0;
    made.DeviceIO.RelayOutputs = 0;
    recordings(made);
    return made;
  }

  private static void recordings(CapabilitiesExtension made) {
    made.Recording = new RecordingCapabilities();
    made.Recording.XAddr = Call.current().address("recording_service");
    made.Recording.ReceiverSource = false;
    made.Recording.MediaProfileSource = true;
    made.Recording.DynamicRecordings = false;
    made.Recording.DynamicTracks = false;
    made.Recording.MaxStringLength = RecordingService.LONGEST_TEXT;
    made.Search = new SearchCapabilities();
    made.Search.XAddr = Call.current().address("search_service");
    made.Search.MetadataSearch = false;
    made.Replay = new ReplayCapabilities();
    made.Replay.XAddr = Call.current().address("replay_service");
  }
}
