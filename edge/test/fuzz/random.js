/** Random numbers that a seed repeats. */

export class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1 (mulberry32). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} below */
  below(below) {
    return Math.floor(this.next() * below);
  }

  /** @param {number} share from 0 to 1 */
  chance(share) {
    return this.next() < share;
  }

  /**
   * @template T
   * @param {readonly T[]} values
   * @returns {T}
   */
  of(values) {
    return values[this.below(values.length)];
  }

  /**
   * @template T
   * @param {number} most
   * @param {() => T} make
   */
  some(most, make) {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  /** @param {number} most */
  bytes(most) {
    return Buffer.from(this.some(most, () => this.below(256)));
  }
}
