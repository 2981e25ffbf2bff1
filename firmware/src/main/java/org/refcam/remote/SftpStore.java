// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.UserInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.refcam.crypto.Sha256;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressRefusedException;
import org.refcam.egress.Limits;
import org.refcam.remote.StoreException.Reason;

/**
 * A directory on an SFTP server whose host key the owner pinned. An object is written under a
 * temporary name and renamed when it is whole. One connection per object. Confined to one thread.
 */
final class SftpStore implements ObjectStore {
  private static final String PROBE = "refcam-probe";
  private static final String UNFINISHED = ".part";

  private final RemoteSettings settings;
  private final Egress egress;
  private final Limits limits;
  private final Pace pace;

  SftpStore(RemoteSettings settings, Egress egress, Limits limits, Pace pace) {
    this.settings = settings;
    this.egress = egress;
    this.limits = limits;
    this.pace = pace;
  }

  private interface Work {
    void with(ChannelSftp sftp) throws SftpException, IOException;
  }

  @Override
  public void put(String name, SealedClip content) throws IOException {
    connected(
        sftp -> {
          String unfinished = path(name + UNFINISHED);
          try (OutputStream out = sftp.put(unfinished, ChannelSftp.OVERWRITE)) {
            for (int i = 0; i < Part.count(content); i++) {
              byte[] part = Part.read(content, i);
              pace.take(part.length);
              out.write(part);
            }
          }
          remove(sftp, path(name)); // SFTP 3's rename does not replace
          sftp.rename(unfinished, path(name));
        });
  }

  @Override
  public void delete(String name) throws IOException {
    connected(sftp -> remove(sftp, path(name)));
  }

  @Override
  public void probe() throws IOException {
    connected(
        sftp -> {
          byte[] text = "RefCam".getBytes(StandardCharsets.US_ASCII);
          sftp.put(new ByteArrayInputStream(text), path(PROBE), ChannelSftp.OVERWRITE);
          remove(sftp, path(PROBE));
        });
  }

  @Override
  public void close() {}

  private String path(String name) {
    return settings.place() + "/" + name;
  }

  private static void remove(ChannelSftp sftp, String path) throws SftpException {
    try {
      sftp.rm(path);
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw e;
      }
    }
  }

  private void connected(Work work) throws IOException {
    JschSockets sockets = new JschSockets(egress, limits);
    PinnedHostKey pinned = new PinnedHostKey(settings.hostKeySha256());
    Session session = null;
    try (sockets) {
      JSch jsch = new JSch();
      jsch.setHostKeyRepository(pinned);
      if (!settings.privateKey().isEmpty()) {
        byte[] key = (settings.privateKey() + "\n").getBytes(StandardCharsets.US_ASCII);
        jsch.addIdentity("remote copy", key, null, null);
      }
      session = jsch.getSession(settings.user(), settings.host(), settings.port());
      session.setSocketFactory(sockets);
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("PreferredAuthentications", "publickey,password");
      if (!settings.secret().isEmpty()) {
        session.setPassword(settings.secret());
      }
      int connectMillis = (int) limits.connect().toMillis();
      session.setTimeout((int) limits.silence().toMillis());
      session.connect(connectMillis);
      ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
      sftp.connect(connectMillis);
      work.with(sftp);
    } catch (SftpException e) {
      throw refusal(e);
    } catch (JSchException e) {
      throw refusal(e, pinned, sockets);
    } finally {
      if (session != null) {
        session.disconnect();
      }
    }
  }

  private static IOException refusal(SftpException e) {
    return switch (e.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE ->
          new StoreException(Reason.NO_SUCH_PLACE, "there is no such directory", e);
      case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
          new StoreException(Reason.NOT_AUTHORISED, "the directory is not writable", e);
      case ChannelSftp.SSH_FX_FAILURE ->
          new StoreException(Reason.FULL, "the server cannot write, its disk may be full", e);
      default -> new StoreException(Reason.FAILING, "the server answers with error " + e.id, e);
    };
  }

  private static IOException refusal(JSchException e, PinnedHostKey pinned, JschSockets sockets) {
    if (sockets.refused().isPresent()) {
      EgressRefusedException refused = sockets.refused().get();
      refused.addSuppressed(e);
      return refused;
    }
    if (pinned.refused()) {
      return new StoreException(Reason.NOT_TRUSTED, "the server shows another host key", e);
    }
    String text = String.valueOf(e.getMessage());
    if (text.startsWith("Auth") || text.contains("USERAUTH")) {
      return new StoreException(Reason.NOT_AUTHORISED, "the server does not let this user in", e);
    }
    return new IOException("the server did not connect", e);
  }

  /** One key, known by its fingerprint. */
  private static final class PinnedHostKey implements HostKeyRepository {
    private final String sha256;
    private boolean refused;

    private PinnedHostKey(String sha256) {
      this.sha256 = sha256;
    }

    private boolean refused() {
      return refused;
    }

    @Override
    public int check(String host, byte[] key) {
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      String shown = "SHA256:" + base64.encodeToString(Sha256.of(key));
      refused = !shown.equals(sha256);
      return refused ? CHANGED : OK;
    }

    @Override
    public void add(HostKey hostkey, UserInfo ui) {
      throw new IllegalStateException("host keys are the owner's to pin");
    }

    @Override
    public void remove(String host, String type) {
      throw new IllegalStateException("host keys are the owner's to pin");
    }

    @Override
    public void remove(String host, String type, byte[] key) {
      throw new IllegalStateException("host keys are the owner's to pin");
    }

    @Override
    public String getKnownHostsRepositoryID() {
      return "the owner's pin";
    }

    @Override
    public HostKey[] getHostKey() {
      return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
      return new HostKey[0];
    }
  }
}
