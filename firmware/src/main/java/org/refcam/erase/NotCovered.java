// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.refcam.keys.AssuranceLevel;

/** What an erase does not reach. Each certificate lists those that apply. */
public enum NotCovered {
  /** A file that is overwritten in place. */
  OLD_BLOCKS(
      "old-blocks",
      "Blocks that flash or the file system moved away may still hold old copies of the key slot.",
      "Các khối mà bộ nhớ flash hoặc hệ thống tệp đã chuyển đi có thể còn bản cũ của ô khóa."),
  /** Discarded blocks. */
  DISCARD_UNCONFIRMED(
      "discard-unconfirmed",
      "Whether the medium erased the blocks that were given back is not confirmed by it.",
      "Bộ nhớ không xác nhận rằng các khối được trả lại đã thực sự bị xóa."),
  /** Inside a token or a TPM. */
  INSIDE_HARDWARE(
      "inside-hardware",
      "What the security chip keeps inside after it destroyed the key is its maker's affair.",
      "Dữ liệu mà chip bảo mật còn giữ bên trong sau khi hủy khóa thuộc trách nhiệm nhà sản xuất."),
  /** A development root's key lies in a file that an erase keeps. */
  DEVELOPMENT_ROOT(
      "development-root",
      "The root key lies in an ordinary file: with it an old copy of the key slot can be opened.",
      "Khóa gốc nằm trong tệp thông thường: với nó, bản cũ của ô khóa có thể bị mở."),
  /** Swap space on a medium. */
  SWAP(
      "swap",
      "Swap space is in use on this system; pages of memory with keys may lie there.",
      "Hệ thống đang dùng vùng tráo đổi (swap); trang nhớ chứa khóa có thể nằm ở đó."),
  /** Dumps that the system makes. */
  CORE_DUMPS(
      "core-dumps",
      "Memory dumps, if the operating system wrote any, are outside the camera's directory.",
      "Bản kết xuất bộ nhớ do hệ điều hành ghi (nếu có) nằm ngoài thư mục của camera."),
  /** What left the camera. */
  COPIES_ELSEWHERE(
      "copies-elsewhere",
      "Copies that left the camera: exports, remote copies, forwarded logs, recorders.",
      "Các bản đã rời camera: tệp xuất, bản sao từ xa, nhật ký chuyển tiếp, đầu ghi."),
  /** The dead ciphertext on its way out. */
  CIPHERTEXT(
      "ciphertext",
      "Encrypted files are deleted, not overwritten; no key that opens them exists.",
      "Các tệp mã hóa được xóa tên, không ghi đè; không còn khóa nào mở được chúng.");

  private final String word;
  private final String english;
  private final String vietnamese;

  NotCovered(String word, String english, String vietnamese) {
    this.word = word;
    this.english = english;
    this.vietnamese = vietnamese;
  }

  /** As the certificate's JSON names it. */
  public String word() {
    return word;
  }

  public String english() {
    return english;
  }

  public String vietnamese() {
    return vietnamese;
  }

  static Optional<NotCovered> find(String word) {
    return Stream.of(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /** What applies to slots of these levels on this system. */
  static List<NotCovered> of(List<AssuranceLevel> slots, EraseFacts facts) {
    Set<NotCovered> found = EnumSet.of(CORE_DUMPS, COPIES_ELSEWHERE, CIPHERTEXT);
    for (AssuranceLevel level : slots) {
      switch (level) {
        case OVERWRITTEN_FILE -> found.add(OLD_BLOCKS);
        case DISCARDED_BLOCKS -> found.add(DISCARD_UNCONFIRMED);
        case PKCS11_OBJECT, TPM_NV -> found.add(INSIDE_HARDWARE);
        default -> throw new IllegalArgumentException(level + " is no level of a slot");
      }
    }
    if (facts.rootOfTrust().equals(AssuranceLevel.DEVELOPMENT.word())) {
      found.add(DEVELOPMENT_ROOT);
    }
    if (facts.swap()) {
      found.add(SWAP);
    }
    return new ArrayList<>(found);
  }
}
