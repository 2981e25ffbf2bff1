// SPDX-License-Identifier: Apache-2.0
// Buffers of one queue: ask for, map, export, queue, dequeue.
#include "refcam_v4l2.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

// Longs before the planes in the array that `dequeueBuffer` fills: index, flags, sequence, nanoseconds, planes.
enum { HEAD = 5, PLANE = 2, BUFFER_LONGS = HEAD + PLANE * VIDEO_MAX_PLANES };

// Returns how many buffers the driver made, which may be more or fewer.
NATIVE(jint, requestBuffers)(JNIEnv *env, jclass type, jint fd, jint queue, jint memory, jint count) {
  struct v4l2_requestbuffers request = {.type = (__u32)queue, .memory = (__u32)memory, .count = (__u32)count};
  return CALL(env, fd, VIDIOC_REQBUFS, &request) ? (jint)request.count : 0;
}

// out: for each plane its length and its offset for mmap. Returns the number of planes.
NATIVE(jint, queryBuffer)(JNIEnv *env, jclass type, jint fd, jint queue, jint index, jlongArray out) {
  struct v4l2_plane planes[VIDEO_MAX_PLANES] = {0};
  struct v4l2_buffer buffer = {.type = (__u32)queue, .memory = V4L2_MEMORY_MMAP, .index = (__u32)index};
  bool multi = V4L2_TYPE_IS_MULTIPLANAR(queue);
  if (multi) {
    buffer.m.planes = planes;
    buffer.length = VIDEO_MAX_PLANES;
  }
  if (!CALL(env, fd, VIDIOC_QUERYBUF, &buffer)) {
    return 0;
  }
  jlong values[PLANE * VIDEO_MAX_PLANES] = {0};
  int count = multi ? (int)buffer.length : 1;
  for (int i = 0; i < count && i < VIDEO_MAX_PLANES; i++) {
    values[PLANE * i] = multi ? planes[i].length : buffer.length;
    values[PLANE * i + 1] = multi ? planes[i].m.mem_offset : buffer.m.offset;
  }
  (*env)->SetLongArrayRegion(env, out, 0, PLANE * VIDEO_MAX_PLANES, values);
  return count;
}

NATIVE(jobject, map)(JNIEnv *env, jclass type, jint fd, jlong length, jlong offset) {
  void *address = mmap(NULL, (size_t)length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
  if (address == MAP_FAILED) {
    refcam_throw(env, "mmap", errno);
    return NULL;
  }
  jobject view = (*env)->NewDirectByteBuffer(env, address, length);
  if (view == NULL) {
    munmap(address, (size_t)length);
  }
  return view;
}

NATIVE(void, unmap)(JNIEnv *env, jclass type, jobject view) {
  void *address = (*env)->GetDirectBufferAddress(env, view);
  jlong length = (*env)->GetDirectBufferCapacity(env, view);
  if (munmap(address, (size_t)length) != 0) {
    refcam_throw(env, "munmap", errno);
  }
}

// Returns a DMABUF descriptor that the caller owns.
NATIVE(jint, exportBuffer)(JNIEnv *env, jclass type, jint fd, jint queue, jint index, jint plane) {
  struct v4l2_exportbuffer request = {
      .type = (__u32)queue, .index = (__u32)index, .plane = (__u32)plane, .flags = O_CLOEXEC | O_RDWR};
  return CALL(env, fd, VIDIOC_EXPBUF, &request) ? request.fd : -1;
}

// used: the payload of each plane, for output queues. dmaBufs: a descriptor for each plane, read for V4L2_MEMORY_DMABUF.
NATIVE(void, queueBuffer)(JNIEnv *env, jclass type, jint fd, jint queue, jint memory, jint index, jintArray used,
                          jintArray dmaBufs, jlong nanos) {
  jint payload[VIDEO_MAX_PLANES] = {0};
  jint descriptors[VIDEO_MAX_PLANES] = {0};
  jsize count = (*env)->GetArrayLength(env, used);
  if (count > VIDEO_MAX_PLANES) {
    refcam_throw(env, "VIDIOC_QBUF", EINVAL);
    return;
  }
  (*env)->GetIntArrayRegion(env, used, 0, count, payload);
  if (memory == V4L2_MEMORY_DMABUF) {
    (*env)->GetIntArrayRegion(env, dmaBufs, 0, count, descriptors);
  }
  if ((*env)->ExceptionCheck(env)) {
    return;
  }
  struct v4l2_plane planes[VIDEO_MAX_PLANES] = {0};
  struct v4l2_buffer buffer = {.type = (__u32)queue, .memory = (__u32)memory, .index = (__u32)index};
  buffer.field = V4L2_FIELD_NONE;
  buffer.timestamp.tv_sec = nanos / 1000000000;
  buffer.timestamp.tv_usec = nanos % 1000000000 / 1000;
  if (V4L2_TYPE_IS_MULTIPLANAR(queue)) {
    for (int i = 0; i < count; i++) {
      planes[i].bytesused = (__u32)payload[i];
      if (memory == V4L2_MEMORY_DMABUF) {
        planes[i].m.fd = descriptors[i];
        // the kernel checks the payload against this length, and this length against the memory's own
        planes[i].length = (__u32)payload[i];
      }
    }
    buffer.m.planes = planes;
    buffer.length = (__u32)count;
  } else {
    buffer.bytesused = (__u32)payload[0];
    if (memory == V4L2_MEMORY_DMABUF) {
      buffer.m.fd = descriptors[0];
      buffer.length = (__u32)payload[0];
    }
  }
  CALL(env, fd, VIDIOC_QBUF, &buffer);
}

// out: index, flags, sequence, nanoseconds, planes, then for each plane the end of its payload and where it begins.
// False when no buffer is ready.
NATIVE(jboolean, dequeueBuffer)(JNIEnv *env, jclass type, jint fd, jint queue, jint memory, jlongArray out) {
  struct v4l2_plane planes[VIDEO_MAX_PLANES] = {0};
  struct v4l2_buffer buffer = {.type = (__u32)queue, .memory = (__u32)memory};
  bool multi = V4L2_TYPE_IS_MULTIPLANAR(queue);
  if (multi) {
    buffer.m.planes = planes;
    buffer.length = VIDEO_MAX_PLANES;
  }
  if (!ASK(env, fd, VIDIOC_DQBUF, &buffer, EAGAIN)) {
    return JNI_FALSE;
  }
  jlong values[BUFFER_LONGS] = {0};
  int count = multi ? (int)buffer.length : 1;
  values[0] = buffer.index;
  values[1] = buffer.flags;
  values[2] = buffer.sequence;
  values[3] = (jlong)buffer.timestamp.tv_sec * 1000000000 + (jlong)buffer.timestamp.tv_usec * 1000;
  values[4] = count;
  for (int i = 0; i < count && i < VIDEO_MAX_PLANES; i++) {
    values[HEAD + PLANE * i] = multi ? planes[i].bytesused : buffer.bytesused;
    values[HEAD + PLANE * i + 1] = multi ? planes[i].data_offset : 0;
  }
  (*env)->SetLongArrayRegion(env, out, 0, BUFFER_LONGS, values);
  return JNI_TRUE;
}

NATIVE(void, streamOn)(JNIEnv *env, jclass type, jint fd, jint queue) {
  int kind = queue;
  CALL(env, fd, VIDIOC_STREAMON, &kind);
}

NATIVE(void, streamOff)(JNIEnv *env, jclass type, jint fd, jint queue) {
  int kind = queue;
  CALL(env, fd, VIDIOC_STREAMOFF, &kind);
}
