// SPDX-License-Identifier: Apache-2.0
// The device node itself: open, close, poll, what it can do, its events.
#include "refcam_v4l2.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

NATIVE(jint, open)(JNIEnv *env, jclass type, jstring path) {
  const char *name = (*env)->GetStringUTFChars(env, path, NULL);
  if (name == NULL) {
    return -1;
  }
  int fd = open(name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, path, name);
  if (fd < 0) {
    refcam_throw(env, "open", error);
  }
  return fd;
}

// Linux releases the descriptor even when close reports an error, so there is nothing to retry or throw.
NATIVE(void, close)(JNIEnv *env, jclass type, jint fd) { close(fd); }

NATIVE(jint, poll)(JNIEnv *env, jclass type, jint fd, jint events, jint millis) {
  struct pollfd one = {.fd = fd, .events = (short)events};
  int ready = poll(&one, 1, millis);
  if (ready < 0) {
    // an interrupted wait is a short wait: the caller knows its deadline
    if (errno != EINTR) {
      refcam_throw(env, "poll", errno);
    }
    return 0;
  }
  return ready == 0 ? 0 : one.revents;
}

// text: driver 16, card 32, bus 32 bytes. Returns the capabilities of this node, not of the whole device.
NATIVE(jint, queryCapability)(JNIEnv *env, jclass type, jint fd, jbyteArray text) {
  struct v4l2_capability capability = {0};
  if (!CALL(env, fd, VIDIOC_QUERYCAP, &capability)) {
    return 0;
  }
  refcam_put_text(env, text, 0, capability.driver, 16);
  refcam_put_text(env, text, 16, capability.card, 32);
  refcam_put_text(env, text, 48, capability.bus_info, 32);
  return (jint)((capability.capabilities & V4L2_CAP_DEVICE_CAPS) ? capability.device_caps : capability.capabilities);
}

NATIVE(void, subscribeEvent)(JNIEnv *env, jclass type, jint fd, jint event, jint id) {
  struct v4l2_event_subscription subscription = {.type = (__u32)event, .id = (__u32)id};
  CALL(env, fd, VIDIOC_SUBSCRIBE_EVENT, &subscription);
}

// out: type, id, pending, sequence. False when no event waits.
NATIVE(jboolean, dequeueEvent)(JNIEnv *env, jclass type, jint fd, jintArray out) {
  struct v4l2_event event = {0};
  if (!ASK(env, fd, VIDIOC_DQEVENT, &event, ENOENT)) {
    return JNI_FALSE;
  }
  const jint values[] = {(jint)event.type, (jint)event.id, (jint)event.pending, (jint)event.sequence};
  (*env)->SetIntArrayRegion(env, out, 0, 4, values);
  return JNI_TRUE;
}

NATIVE(void, encoderCommand)(JNIEnv *env, jclass type, jint fd, jint command) {
  struct v4l2_encoder_cmd request = {.cmd = (__u32)command};
  CALL(env, fd, VIDIOC_ENCODER_CMD, &request);
}

NATIVE(void, decoderCommand)(JNIEnv *env, jclass type, jint fd, jint command) {
  struct v4l2_decoder_cmd request = {.cmd = (__u32)command};
  CALL(env, fd, VIDIOC_DECODER_CMD, &request);
}
