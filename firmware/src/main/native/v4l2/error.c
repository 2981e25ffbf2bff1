// SPDX-License-Identifier: Apache-2.0
#include "refcam_v4l2.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

int refcam_ioctl(int fd, unsigned long request, void *argument) {
  for (;;) {
    if (ioctl(fd, request, argument) == 0) {
      return 0;
    }
    if (errno != EINTR) {
      return errno;
    }
  }
}

void refcam_throw(JNIEnv *env, const char *call, int error) {
  jclass type = (*env)->FindClass(env, "org/refcam/v4l2/V4l2Exception");
  if (type == NULL) {
    return;
  }
  jmethodID constructor = (*env)->GetMethodID(env, type, "<init>", "(Ljava/lang/String;ILjava/lang/String;)V");
  if (constructor == NULL) {
    return;
  }
  char buffer[128];
  // the GNU form, which returns the text
  const char *text = strerror_r(error, buffer, sizeof buffer);
  jstring name = (*env)->NewStringUTF(env, call);
  jstring meaning = (*env)->NewStringUTF(env, text);
  if (name == NULL || meaning == NULL) {
    return;
  }
  jobject thrown = (*env)->NewObject(env, type, constructor, name, (jint)error, meaning);
  if (thrown != NULL) {
    (*env)->Throw(env, (jthrowable)thrown);
  }
}

bool refcam_call(JNIEnv *env, int fd, unsigned long request, const char *call, void *argument) {
  int error = refcam_ioctl(fd, request, argument);
  if (error != 0) {
    refcam_throw(env, call, error);
  }
  return error == 0;
}

bool refcam_ask(JNIEnv *env, int fd, unsigned long request, const char *call, void *argument, int absent) {
  int error = refcam_ioctl(fd, request, argument);
  if (error != 0 && error != absent) {
    refcam_throw(env, call, error);
  }
  return error == 0;
}

void refcam_put_text(JNIEnv *env, jbyteArray to, int offset, const void *text, int size) {
  (*env)->SetByteArrayRegion(env, to, offset, size, (const jbyte *)text);
}
