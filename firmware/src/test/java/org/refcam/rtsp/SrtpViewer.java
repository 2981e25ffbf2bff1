// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.rtp.Jitsi;

/** A viewer by SRTP whose MIKEY is read and written by hand and whose SRTP is Jitsi's. */
final class SrtpViewer implements AutoCloseable {
  static final int SSRC = 0x0102_0304;
  private static final Pattern KEY = Pattern.compile("a=key-mgmt:mikey ([A-Za-z0-9+/=]+)");
  private static final Pattern ANSWER =
      Pattern.compile("server_port=([0-9]+)-([0-9]+);ssrc=([0-9A-F]{8})");

  final DatagramSocket rtp = new DatagramSocket(new InetSocketAddress(Rig.PEER, 0));
  final DatagramSocket rtcp = new DatagramSocket(new InetSocketAddress(Rig.PEER, 0));
  final byte[] ownKey = new byte[30];
  byte[] key = new byte[0];
  int ssrc;
  int serverPort;
  private final Rig.Client client;
  private Optional<Jitsi> in = Optional.empty();
  private final Jitsi out;

  SrtpViewer(Rig.Client client) throws IOException, GeneralSecurityException {
    this.client = client;
    Arrays.fill(ownKey, (byte) 0x5A);
    out = new Jitsi(true, ownKey, SSRC);
    rtp.setSoTimeout(3_000);
    rtcp.setSoTimeout(3_000);
  }

  String describe() {
    String answer = client.request("DESCRIBE", "/main/srtp");
    Matcher offered = KEY.matcher(answer);
    if (offered.find()) {
      byte[] mikey = Base64.getDecoder().decode(offered.group(1));
      key = Arrays.copyOfRange(mikey, mikey.length - 31, mikey.length - 1);
    }
    return answer;
  }

  String setUp() throws GeneralSecurityException {
    String message =
        "0100010000000000" + "0100" + "00" + "01020304" + "00000000" + "00000022" + "0020001e";
    byte[] mikey = HexFormat.of().parseHex(message + HexFormat.of().formatHex(ownKey) + "00");
    String keyManagement =
        "KeyMgmt: prot=mikey;uri=\"rtsps://camera/main/srtp/trackID=0\";data=\""
            + Base64.getEncoder().encodeToString(mikey)
            + "\"";
    String answer = client.request("SETUP", "/main/srtp/trackID=0", transport(), keyManagement);
    Matcher ports = ANSWER.matcher(answer);
    if (ports.find()) {
      serverPort = Integer.parseInt(ports.group(1));
      ssrc = Integer.parseUnsignedInt(ports.group(3), 16);
      in = Optional.of(new Jitsi(false, key, ssrc));
    }
    return answer;
  }

  String transport() {
    return "Transport: RTP/SAVP;unicast;client_port="
        + rtp.getLocalPort()
        + "-"
        + rtcp.getLocalPort();
  }

  /** The next packet in the clear. */
  ByteBuffer nextRtp() throws IOException, GeneralSecurityException {
    return ByteBuffer.wrap(in.orElseThrow().openRtp(receive(rtp)));
  }

  ByteBuffer nextRtcp() throws IOException, GeneralSecurityException {
    return ByteBuffer.wrap(in.orElseThrow().openRtcp(receive(rtcp)));
  }

  /** Whether nothing is there to be received. */
  boolean silent() throws IOException {
    rtp.setSoTimeout(200);
    try {
      receive(rtp);
      return false;
    } catch (SocketTimeoutException expected) {
      return true;
    } finally {
      rtp.setSoTimeout(3_000);
    }
  }

  /** Sends a report about the camera's source, and a BYE if asked. */
  byte[] report(int fractionLost, boolean bye) throws IOException, GeneralSecurityException {
    ByteBuffer report = ByteBuffer.allocate(bye ? 40 : 32);
    report.putInt(0x81C90007).putInt(SSRC).putInt(ssrc).put((byte) fractionLost);
    if (bye) {
      report.putInt(32, 0x81CB0001).putInt(36, SSRC);
    }
    byte[] datagram = out.protectRtcp(report.array());
    sendRtcp(datagram);
    return datagram;
  }

  void sendRtcp(byte[] datagram) throws IOException {
    rtcp.send(
        new DatagramPacket(
            datagram, datagram.length, new InetSocketAddress(Rig.PEER, serverPort + 1)));
  }

  private static ByteBuffer receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice();
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }
}
