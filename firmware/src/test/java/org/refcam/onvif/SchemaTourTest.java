// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.refcam.onvif.Tour.DEFINITIONS;
import static org.refcam.onvif.Tour.ENCODER_CONFIGURATION;
import static org.refcam.onvif.Tour.IMAGE;
import static org.refcam.onvif.Tour.MADE;
import static org.refcam.onvif.Tour.MASK;
import static org.refcam.onvif.Tour.METADATA;
import static org.refcam.onvif.Tour.METADATA_CONFIGURATION;
import static org.refcam.onvif.Tour.OSD;
import static org.refcam.onvif.Tour.PROFILE;
import static org.refcam.onvif.Tour.RECORDING_CONFIGURATION;
import static org.refcam.onvif.Tour.SOURCE;
import static org.refcam.onvif.Tour.SOURCE_CONFIGURATION;
import static org.refcam.onvif.Tour.body;
import static org.refcam.onvif.Tour.found;
import static org.refcam.onvif.Tour.root;
import static org.refcam.onvif.Tour.token;
import static org.refcam.onvif.Tour.topics;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.Role;
import org.refcam.encode.PrivacyMask;
import org.refcam.onvif.SmallCamera.Answer;
import org.refcam.onvif.events.Topic;
import org.w3c.dom.Element;

/** Every operation once, with arguments that succeed; every answer against ONVIF's own schemas. */
@NullUnmarked // made in the test itself
class SchemaTourTest {
  /** Operations that end in a fault on this camera, and say so in the document. */
  private static final Set<String> FAULTS = Set.of("SystemReboot");

  @TempDir Path data;
  private final Set<QName> asked = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Map<String, Schema> schemas = new HashMap<>();
  private final List<String> invalid = new ArrayList<>();
  private SmallCamera camera;
  private ClientCredential admin;
  private Path folder;
  private String path = "/onvif/x";

  @Test
  void everyAnswer_isValid() throws Exception {
    Optional<Path> found = GenuineSchemas.folder();
    assumeTrue(found.isPresent(), "shared/onvif-schemas is not beside the checkout: skipped");
    folder = found.orElseThrow();
    try (SmallCamera made = new SmallCamera(data)) {
      camera = made;
      admin = camera.client(Role.ADMINISTRATOR);
      device();
      media();
      media2();
      events();
      others();
      recordings();
      search();
      replay();
      SecurityTour.run(camera, (operation, inner) -> ask(Namespaces.TAS, operation, inner));
    }
    assertThat(invalid).isEmpty();
    assertThat(asked)
        .as("the tour has been everywhere")
        .containsExactlyInAnyOrderElementsOf(OperationTable.all().keySet());
  }

  private void device() throws Exception {
    for (String operation :
        ("GetServiceCapabilities GetSystemDateAndTime GetHostname GetWsdlUrl GetEndpointReference"
                + " GetDeviceInformation GetScopes GetDiscoveryMode GetDNS GetNTP"
                + " GetNetworkInterfaces GetNetworkProtocols GetNetworkDefaultGateway"
                + " GetZeroConfiguration GetCertificates GetCertificatesStatus"
                + " GetClientCertificateMode GetRelayOutputs GetSystemSupportInformation GetUsers")
            .split(" ")) {
      tds(operation, "");
    }
    tds("GetServices", "<n:IncludeCapability>true</n:IncludeCapability>");
    tds("GetCapabilities", "<n:Category>All</n:Category>");
    tds("GetSystemLog", "<n:LogType>System</n:LogType>");
    tds(
        "SetSystemDateAndTime",
        "<n:DateTimeType>NTP</n:DateTimeType><n:DaylightSavings>false</n:DaylightSavings>"
            + "<n:TimeZone><tt:TZ>JST-9</tt:TZ></n:TimeZone>");
    assertThat(camera.device.zone.getId()).isEqualTo("Etc/GMT-9");
    tds("SetScopes", "<n:Scopes>onvif://www.onvif.org/location/gate</n:Scopes>");
    tds("AddScopes", "<n:ScopeItem>onvif://www.onvif.org/name/Gate</n:ScopeItem>");
    tds("RemoveScopes", "<n:ScopeItem>onvif://www.onvif.org/location/gate</n:ScopeItem>");
    assertThat(camera.device.scopes).containsExactly("onvif://www.onvif.org/name/Gate");
    tds("SetDiscoveryMode", "<n:DiscoveryMode>NonDiscoverable</n:DiscoveryMode>");
    assertThat(camera.device.discoverable).isFalse();
    String user =
        "<n:User><tt:Username>nvr</tt:Username>%s<tt:UserLevel>%s</tt:UserLevel></n:User>";
    tds(
        "CreateUsers",
        user.formatted("<tt:Password>correct horse battery</tt:Password>", "Operator"));
    tds("SetUser", user.formatted("", "User"));
    assertThat(camera.credentials.find("nvr").orElseThrow().role()).isEqualTo(Role.VIEWER);
    tds("DeleteUsers", "<n:Username>nvr</n:Username>");
    assertThat(camera.credentials.find("nvr")).isEmpty();
    network();
    tds("SystemReboot", "");
    tds("SetSystemFactoryDefault", "<n:FactoryDefault>Hard</n:FactoryDefault>");
    tds("SetSystemFactoryDefault", "<n:FactoryDefault>Soft</n:FactoryDefault>");
    assertThat(camera.device.defaults).containsExactly(true, false);
    assertThat(tds("StartFirmwareUpgrade", "").body()).contains("/onvif/firmware<");
  }

  /** Writes back what it has read, which is all that the camera takes. */
  private void network() throws Exception {
    tds("SetHostname", "<n:Name>" + NetworkNames.hostname() + "</n:Name>");
    tds("SetDNS", "<n:FromDHCP>false</n:FromDHCP>" + NetworkNames.dns(tds("GetDNS", "").body()));
    tds(
        "SetNetworkInterfaces",
        "<n:InterfaceToken>lo</n:InterfaceToken><n:NetworkInterface>"
            + "<tt:Enabled>true</tt:Enabled></n:NetworkInterface>");
    tds(
        "SetNetworkProtocols",
        "<n:NetworkProtocols><tt:Name>HTTPS</tt:Name><tt:Enabled>true</tt:Enabled>"
            + "<tt:Port>8443</tt:Port></n:NetworkProtocols>");
    tds(
        "SetNetworkDefaultGateway",
        NetworkNames.gateway(tds("GetNetworkDefaultGateway", "").body()));
  }

  private void media() throws Exception {
    String ns = Namespaces.TRT;
    for (String operation :
        ("GetServiceCapabilities GetVideoSources GetProfiles GetVideoSourceConfigurations"
                + " GetVideoEncoderConfigurations GetMetadataConfigurations"
                + " GetVideoSourceConfigurationOptions GetVideoEncoderConfigurationOptions")
            .split(" ")) {
      ask(ns, operation, "");
    }
    for (String operation :
        ("GetProfile GetCompatibleVideoEncoderConfigurations"
                + " GetCompatibleVideoSourceConfigurations GetCompatibleMetadataConfigurations"
                + " GetSnapshotUri SetSynchronizationPoint")
            .split(" ")) {
      ask(ns, operation, PROFILE);
    }
    ask(ns, "GetVideoSourceConfiguration", SOURCE);
    ask(ns, "GetGuaranteedNumberOfVideoEncoderInstances", SOURCE);
    ask(ns, "GetVideoEncoderConfiguration", "<n:ConfigurationToken>sub</n:ConfigurationToken>");
    ask(ns, "CreateProfile", "<n:Name>mine</n:Name>");
    ask(ns, "AddVideoSourceConfiguration", MADE + SOURCE);
    ask(
        ns,
        "AddVideoEncoderConfiguration",
        MADE + "<n:ConfigurationToken>sub</n:ConfigurationToken>");
    ask(ns, "AddMetadataConfiguration", MADE + METADATA);
    assertThat(ask(ns, "GetProfile", MADE).body()).contains("MetadataConfiguration token=");
    ask(ns, "RemoveMetadataConfiguration", MADE);
    ask(ns, "GetMetadataConfiguration", METADATA);
    ask(ns, "GetMetadataConfigurationOptions", METADATA);
    ask(ns, "SetMetadataConfiguration", METADATA_CONFIGURATION.formatted(""));
    assertThat(ask(ns, "GetMetadataConfiguration", METADATA).body()).doesNotContain("tt:Events");
    ask(ns, "RemoveVideoEncoderConfiguration", MADE);
    ask(ns, "RemoveVideoSourceConfiguration", MADE);
    ask(ns, "DeleteProfile", MADE);
    ask(ns, "SetVideoSourceConfiguration", SOURCE_CONFIGURATION);
    ask(ns, "SetVideoEncoderConfiguration", ENCODER_CONFIGURATION);
    assertThat(camera.video.of("main").width()).isEqualTo(640);
    assertThat(camera.video.of("main").bitsPerSecond()).isEqualTo(500_000);
    Answer uri =
        ask(
            ns,
            "GetStreamUri",
            "<n:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
                + "<tt:Protocol>UDP</tt:Protocol></tt:Transport></n:StreamSetup>"
                + PROFILE);
    assertThat(uri.body()).contains("rtsps://127.0.0.1:8322/main/srtp");
    osd(ns);
    ask(ns, "GetOSD", "<n:OSDToken>clock</n:OSDToken>");
  }

  private void osd(String ns) throws Exception {
    ask(ns, "GetOSDs", "");
    ask(ns, "GetOSDOptions", SOURCE);
    ask(ns, "DeleteOSD", "<n:OSDToken>clock</n:OSDToken>");
    assertThat(camera.pictures.clock).isFalse();
    ask(ns, "CreateOSD", "<n:OSD token=''>" + OSD);
    assertThat(camera.pictures.clock).isTrue();
    ask(ns, "SetOSD", "<n:OSD token='clock'>" + OSD);
  }

  private void media2() throws Exception {
    String ns = Namespaces.TR2;
    for (String operation :
        ("GetServiceCapabilities GetVideoSourceConfigurations GetVideoEncoderConfigurations"
                + " GetMetadataConfigurations GetAnalyticsConfigurations"
                + " GetVideoSourceConfigurationOptions GetVideoEncoderConfigurationOptions")
            .split(" ")) {
      ask(ns, operation, "");
    }
    ask(ns, "GetProfiles", "<n:Type>All</n:Type>");
    ask(ns, "GetVideoEncoderInstances", SOURCE);
    ask(ns, "GetSnapshotUri", PROFILE);
    ask(ns, "SetSynchronizationPoint", PROFILE);
    ask(ns, "GetStreamUri", "<n:Protocol>RTSP</n:Protocol>" + PROFILE);
    String both =
        "<n:Configuration><n:Type>VideoSource</n:Type></n:Configuration>"
            + "<n:Configuration><n:Type>VideoEncoder</n:Type><n:Token>sub</n:Token></n:Configuration>";
    Answer made = ask(ns, "CreateProfile", "<n:Name>mine</n:Name>" + both);
    String token = found(made, ">(made-\\d+)<");
    String profile = "<n:ProfileToken>" + token + "</n:ProfileToken>";
    ask(
        ns,
        "RemoveConfiguration",
        profile + "<n:Configuration><n:Type>All</n:Type></n:Configuration>");
    ask(ns, "AddConfiguration", profile + both);
    ask(ns, "DeleteProfile", "<n:Token>" + token + "</n:Token>");
    ask(ns, "SetVideoSourceConfiguration", SOURCE_CONFIGURATION);
    ask(
        ns,
        "SetVideoEncoderConfiguration",
        "<n:Configuration token='main' GovLength='50' Profile='Main'><tt:Encoding>H264</tt:Encoding>"
            + "<tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720</tt:Height></tt:Resolution>"
            + "</n:Configuration>");
    assertThat(camera.video.of("main").gopFrames()).isEqualTo(50);
    osd(ns);
    masks(ns);
    metadata(ns);
  }

  /** The metadata configuration, and what is sent by it, which must be valid too. */
  private void metadata(String ns) throws Exception {
    List<String> documents = new ArrayList<>();
    camera
        .events
        .metadata()
        .connect(
            Runnable::run, () -> true, d -> documents.add(new String(d, StandardCharsets.UTF_8)));
    ask(ns, "GetMetadataConfigurationOptions", METADATA);
    ask(
        ns,
        "SetMetadataConfiguration",
        METADATA_CONFIGURATION.formatted(
            "<tt:Events><tt:Filter>"
                + topics("tns1:VideoSource//.|tns1:Media//.")
                + "</tt:Filter></tt:Events>"));
    assertThat(ask(ns, "GetMetadataConfigurations", "").body()).contains("tns1:VideoSource//.");
    String video =
        "<n:Configuration><n:Type>VideoSource</n:Type></n:Configuration>"
            + "<n:Configuration><n:Type>VideoEncoder</n:Type></n:Configuration>";
    Answer made =
        ask(
            ns,
            "CreateProfile",
            "<n:Name>all</n:Name>"
                + video
                + "<n:Configuration><n:Type>Analytics</n:Type></n:Configuration>"
                + "<n:Configuration><n:Type>Metadata</n:Type></n:Configuration>");
    String token = found(made, ">(made-\\d+)<");
    String profile = "<n:ProfileToken>" + token + "</n:ProfileToken>";
    assertThat(ask(ns, "GetStreamUri", "<n:Protocol>RTSP</n:Protocol>" + profile).body())
        .contains("/main/metadata<");
    ask(ns, "GetProfiles", "<n:Token>" + token + "</n:Token><n:Type>All</n:Type>");
    camera.events.publish(Topic.MOTION, "false", "source");
    camera.events.publish(Topic.STORAGE_FAILURE, "false", "a&<\"b");
    ask(ns, "SetSynchronizationPoint", profile);
    assertThat(documents)
        .anyMatch(d -> d.contains("MotionAlarm") && d.contains("Initialized"))
        .anyMatch(d -> d.contains("Media/ProfileChanged"))
        .noneMatch(d -> d.contains("StorageFailure"));
    ask(ns, "SetMetadataConfiguration", METADATA_CONFIGURATION.formatted("<tt:Events/>"));
    ask(ns, "SetSynchronizationPoint", profile);
    assertThat(documents).anyMatch(d -> d.contains("a&amp;&lt;&quot;b"));
    Schema schema = schema(Namespaces.TAN);
    for (String document : documents) {
      schema.newValidator().validate(new DOMSource(root(document)));
    }
  }

  private void masks(String ns) throws Exception {
    ask(ns, "GetMaskOptions", SOURCE);
    Answer made = ask(ns, "CreateMask", "<n:Mask token=''>" + MASK);
    assertThat(camera.pictures.masks).containsExactly(new PrivacyMask(0.25, 0.25, 0.5, 0.5));
    String token = found(made, ">(mask-\\d+)<");
    ask(ns, "GetMasks", "");
    ask(ns, "SetMask", "<n:Mask token='" + token + "'>" + MASK.replace("-0.5", "-1"));
    assertThat(camera.pictures.masks).containsExactly(new PrivacyMask(0, 0.25, 0.75, 0.75));
    ask(ns, "DeleteMask", "<n:Token>" + token + "</n:Token>");
    assertThat(camera.pictures.masks).isEmpty();
  }

  private void events() throws Exception {
    String ns = Namespaces.TEV;
    ask(ns, "GetServiceCapabilities", "");
    ask(ns, "GetEventProperties", "");
    camera.events.publish(Topic.MOTION, "false", "source");
    Answer made =
        ask(
            ns,
            "CreatePullPointSubscription",
            "<n:Filter>"
                + topics("tns1:VideoSource//.")
                + "</n:Filter>"
                + "<n:InitialTerminationTime>PT60S</n:InitialTerminationTime>");
    path = found(made, "(/onvif/subscription/[0-9a-f]+)");
    camera.events.publish(Topic.MOTION, "true", "source");
    Answer pulled =
        ask(ns, "PullMessages", "<n:Timeout>PT1S</n:Timeout><n:MessageLimit>10</n:MessageLimit>");
    assertThat(pulled.body())
        .contains("tns1:VideoSource/MotionAlarm")
        .contains("xmlns:tns1=")
        .contains("Initialized")
        .contains("Changed");
    ask(ns, "SetSynchronizationPoint", "");
    ask(Namespaces.WSNT, "Renew", "<n:TerminationTime>PT2M</n:TerminationTime>");
    Answer stranger =
        camera.postTo(
            path,
            camera.client(Role.OPERATOR),
            ns,
            "PullMessages",
            "<n:Timeout>PT0S</n:Timeout><n:MessageLimit>1</n:MessageLimit>");
    assertThat(stranger.body()).contains("ResourceUnknownFault");
    ask(Namespaces.WSNT, "Unsubscribe", "");
    path = "/onvif/x";
    ask(
        Namespaces.WSNT,
        "Subscribe",
        "<n:ConsumerReference><a:Address xmlns:a='"
            + Namespaces.WSA
            + "'>"
            + SmallCamera.Carrier.ALLOWED
            + "</a:Address></n:ConsumerReference>");
    String notify = camera.carrier.sent.poll(20, TimeUnit.SECONDS);
    assertThat(notify).isNotNull();
    schema(Namespaces.WSNT).newValidator().validate(new DOMSource(body(notify)));
  }

  private void others() throws Exception {
    ask(Namespaces.TAN, "GetServiceCapabilities", "");
    ask(Namespaces.TAN, "GetSupportedRules", AnalyticsTest.TOKEN);
    ask(Namespaces.TAN, "GetRuleOptions", AnalyticsTest.TOKEN);
    String rule = AnalyticsTest.rule("Gate", "Sensitivity='0.5'", AnalyticsTest.UPPER_LEFT);
    ask(Namespaces.TAN, "CreateRules", AnalyticsTest.TOKEN + rule);
    assertThat(ask(Namespaces.TAN, "GetRules", AnalyticsTest.TOKEN).body()).contains("Gate");
    ask(Namespaces.TAN, "ModifyRules", AnalyticsTest.TOKEN + rule);
    ask(Namespaces.TAN, "DeleteRules", AnalyticsTest.TOKEN + "<n:RuleName>Gate</n:RuleName>");
    ask(Namespaces.TIMG, "GetServiceCapabilities", "");
    for (String operation : "GetImagingSettings GetOptions GetMoveOptions GetStatus".split(" ")) {
      ask(Namespaces.TIMG, operation, IMAGE);
    }
    ask(
        Namespaces.TIMG,
        "SetImagingSettings",
        IMAGE + "<n:ImagingSettings><tt:Brightness>5</tt:Brightness></n:ImagingSettings>");
    ask(
        Namespaces.TIMG,
        "Move",
        IMAGE + "<n:Focus><tt:Absolute><tt:Position>5</tt:Position></tt:Absolute></n:Focus>");
    ask(Namespaces.TIMG, "Stop", IMAGE);
    ask(Namespaces.TMD, "GetServiceCapabilities", "");
    assertThat(ask(Namespaces.TMD, "GetVideoSources", "").body()).contains(">source<");
    ask(Namespaces.TMD, "GetDigitalInputs", "");
  }

  private void recordings() throws Exception {
    String ns = Namespaces.TRC;
    ask(ns, "GetServiceCapabilities", "");
    assertThat(ask(ns, "GetRecordings", "").body()).contains("recording-main", "recording-sub");
    String recording = "<n:RecordingToken>recording-main</n:RecordingToken>";
    String track = "<n:TrackToken>video</n:TrackToken>";
    ask(ns, "GetRecordingConfiguration", recording);
    ask(ns, "GetTrackConfiguration", recording + track);
    assertThat(ask(ns, "GetRecordingOptions", recording).body()).contains("Spare=\"0\"");
    ask(ns, "SetRecordingConfiguration", recording + RECORDING_CONFIGURATION);
    assertThat(camera.recordings.keepDays).isEqualTo(2);
    assertThat(camera.recordings.texts("main").location()).isEqualTo("Basement");
    ask(
        ns,
        "SetTrackConfiguration",
        recording
            + track
            + "<n:TrackConfiguration><tt:TrackType>Video</tt:TrackType>"
            + "<tt:Description>wide</tt:Description></n:TrackConfiguration>");
    assertThat(camera.recordings.texts("main").track()).isEqualTo("wide");
    String job = "<n:JobToken>job-main</n:JobToken>";
    String configuration =
        "<n:JobConfiguration><tt:RecordingToken>recording-main</tt:RecordingToken>"
            + "<tt:Mode>%s</tt:Mode><tt:Priority>5</tt:Priority></n:JobConfiguration>";
    ask(ns, "GetRecordingJobs", "");
    ask(ns, "GetRecordingJobConfiguration", job);
    assertThat(ask(ns, "GetRecordingJobState", job).body()).contains(">Active<");
    ask(ns, "SetRecordingJobMode", job + "<n:Mode>Idle</n:Mode>");
    assertThat(camera.recordings.jobs.get("main").active()).isFalse();
    ask(ns, "SetRecordingJobConfiguration", job + configuration.formatted("Active"));
    assertThat(camera.recordings.jobs.get("main").priority()).isEqualTo(5);
    ask(ns, "DeleteRecordingJob", job);
    assertThat(camera.recordings.jobs).doesNotContainKey("main");
    ask(ns, "CreateRecordingJob", configuration.formatted("Active"));
    assertThat(camera.recordings.jobs.get("main").active()).isTrue();
  }

  private void search() throws Exception {
    String ns = Namespaces.TSE;
    ask(ns, "GetServiceCapabilities", "");
    assertThat(ask(ns, "GetRecordingSummary", "").body()).contains(">2026-11-25T07:00:00Z<");
    ask(ns, "GetRecordingInformation", "<n:RecordingToken>recording-main</n:RecordingToken>");
    assertThat(ask(ns, "GetMediaAttributes", "<n:Time>2026-11-25T07:00:02Z</n:Time>").body())
        .contains(">1920<");
    String keep = "<n:KeepAliveTime>PT10S</n:KeepAliveTime>";
    Answer found = ask(ns, "FindRecordings", "<n:Scope/>" + keep);
    ask(ns, "GetRecordingSearchResults", token(found));
    Answer events =
        ask(
            ns,
            "FindEvents",
            "<n:StartPoint>2026-11-25T06:00:00Z</n:StartPoint><n:Scope/><n:SearchFilter/>"
                + "<n:IncludeStartState>true</n:IncludeStartState>"
                + keep);
    assertThat(ask(ns, "GetEventSearchResults", token(events)).body())
        .contains("tns1:VideoSource/MotionAlarm")
        .contains("tns1:RecordingHistory/Track/State");
    ask(ns, "EndSearch", token(events));
  }

  private void replay() throws Exception {
    String ns = Namespaces.TRP;
    ask(ns, "GetServiceCapabilities", "");
    Answer uri =
        ask(
            ns,
            "GetReplayUri",
            "<n:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
                + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></n:StreamSetup>"
                + "<n:RecordingToken>recording-main</n:RecordingToken>");
    assertThat(uri.body()).contains("rtsps://127.0.0.1:8322/replay/main");
    ask(ns, "GetReplayConfiguration", "");
    ask(
        ns,
        "SetReplayConfiguration",
        "<n:Configuration><tt:SessionTimeout>PT90S</tt:SessionTimeout></n:Configuration>");
    assertThat(camera.recordings.timeout.toSeconds()).isEqualTo(90);
  }

  private Answer tds(String operation, String inner) throws Exception {
    return ask(Namespaces.TDS, operation, inner);
  }

  private Answer ask(String namespace, String operation, String inner) throws Exception {
    asked.add(new QName(namespace, operation));
    Answer answer = camera.postTo(path, admin, namespace, operation, inner);
    if (FAULTS.contains(operation)) {
      assertThat(answer.status()).as(operation).isIn(400, 500);
      assertThat(answer.body()).contains("Fault>").doesNotContain("made an error");
      return answer;
    }
    assertThat(answer.status()).as(operation + " " + answer.body()).isEqualTo(200);
    Element body = body(answer.body());
    assertThat(body.getLocalName()).isEqualTo(operation + "Response");
    try {
      schema(namespace).newValidator().validate(new DOMSource(body));
    } catch (org.xml.sax.SAXException e) {
      invalid.add(operation + ": " + e.getMessage() + "\n" + answer.body());
    }
    return answer;
  }

  private Schema schema(String namespace) throws Exception {
    Schema known = schemas.get(namespace);
    if (known == null) {
      known = GenuineSchemas.of(folder, DEFINITIONS.get(namespace));
      schemas.put(namespace, known);
    }
    return known;
  }
}
