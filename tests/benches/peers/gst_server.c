// SPDX-License-Identifier: Apache-2.0
// The peer of tests/bench: GStreamer's RTSP server with one shared H.264 stream, interleaved on TCP.
//
//   gst_server FILE.mp4                     plain
//   gst_server FILE.mp4 CERT.pem KEY.pem    TLS
//
// Prints "READY PORT" when it serves rtsp(s)://127.0.0.1:PORT/main. All settings are the library's own.
#include <gst/rtsp-server/rtsp-server.h>
#include <stdio.h>

static const char *const viewer = "viewer";

// Anyone may watch: the bench measures streaming, and the peer is not to pay for passwords.
static GstRTSPAuth *open_auth(const char *certificate, const char *key, GError **error) {
  GTlsCertificate *pair = g_tls_certificate_new_from_files(certificate, key, error);
  if (pair == NULL) {
    return NULL;
  }
  GstRTSPAuth *auth = gst_rtsp_auth_new();
  gst_rtsp_auth_set_tls_certificate(auth, pair);
  GstRTSPToken *anyone =
      gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, viewer, NULL);
  gst_rtsp_auth_set_default_token(auth, anyone);
  gst_rtsp_token_unref(anyone);
  g_object_unref(pair);
  return auth;
}

int main(int argc, char **argv) {
  if (argc != 2 && argc != 4) {
    fprintf(stderr, "usage: %s FILE.mp4 [CERT.pem KEY.pem]\n", argv[0]);
    return 2;
  }
  gst_init(NULL, NULL);
  GstRTSPServer *server = gst_rtsp_server_new();
  gst_rtsp_server_set_address(server, "127.0.0.1");
  gst_rtsp_server_set_service(server, "0");

  GError *error = NULL;
  if (argc == 4) {
    GstRTSPAuth *auth = open_auth(argv[2], argv[3], &error);
    if (auth == NULL) {
      fprintf(stderr, "gst_server: %s\n", error->message);
      return 1;
    }
    gst_rtsp_server_set_auth(server, auth);
    g_object_unref(auth);
  }

  gchar *launch = g_strdup_printf(
      "( filesrc location=%s ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )", argv[1]);
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new();
  gst_rtsp_media_factory_set_launch(factory, launch);
  gst_rtsp_media_factory_set_shared(factory, TRUE);
  gst_rtsp_media_factory_set_protocols(factory, GST_RTSP_LOWER_TRANS_TCP);
  gst_rtsp_media_factory_add_role(factory, viewer, GST_RTSP_PERM_MEDIA_FACTORY_ACCESS, G_TYPE_BOOLEAN, TRUE,
                                  GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, G_TYPE_BOOLEAN, TRUE, NULL);
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points(server);
  gst_rtsp_mount_points_add_factory(mounts, "/main", factory);
  g_object_unref(mounts);
  g_free(launch);

  if (gst_rtsp_server_attach(server, NULL) == 0) {
    fprintf(stderr, "gst_server: cannot serve\n");
    return 1;
  }
  printf("READY %d\n", gst_rtsp_server_get_bound_port(server));
  fflush(stdout);
  g_main_loop_run(g_main_loop_new(NULL, FALSE));
  return 0;
}
