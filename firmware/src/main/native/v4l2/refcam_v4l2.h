// SPDX-License-Identifier: Apache-2.0
// What the files of librefcam_v4l2.so share: one way to call ioctl, one way to throw. No policy lives in C.
#ifndef REFCAM_V4L2_H
#define REFCAM_V4L2_H

#include <jni.h>
#include <linux/videodev2.h>
#include <stdbool.h>
#include <stdint.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_org_refcam_v4l2_Kernel_##name

// ioctl, again after EINTR. Returns 0 or an errno.
int refcam_ioctl(int fd, unsigned long request, void *argument);

// Throws org.refcam.v4l2.V4l2Exception for the named call; the only place that throws.
void refcam_throw(JNIEnv *env, const char *call, int error);

// Calls ioctl and throws when it fails. False when an exception is pending.
bool refcam_call(JNIEnv *env, int fd, unsigned long request, const char *call, void *argument);

// As refcam_call, but an errno of `absent` is an answer, not a failure: false with no exception pending.
bool refcam_ask(JNIEnv *env, int fd, unsigned long request, const char *call, void *argument, int absent);

// Copies a kernel string, padded with zeroes, to the start of a byte[] at an offset.
void refcam_put_text(JNIEnv *env, jbyteArray to, int offset, const void *text, int size);

#define CALL(env, fd, request, argument) refcam_call(env, fd, request, #request, argument)
#define ASK(env, fd, request, argument, absent) refcam_ask(env, fd, request, #request, argument, absent)

#endif
