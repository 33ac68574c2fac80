/** Murmur3 (32 bits) of some bytes. @param seed gives sums that have nothing to do with those of another */
export function checksum(bytes: Uint8Array, seed: number): number {
  const aligned = bytes.length & ~3;
  let hash = seed | 0;
  for (let i = 0; i < aligned; i += 4) {
    hash ^= scramble(word(bytes, i));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= aligned; i--) tail = (tail << 8) | (bytes[i] as number);
  hash ^= scramble(tail) ^ bytes.length;
  return scatter(hash);
}

function word(bytes: Uint8Array, i: number): number {
  return (
    (bytes[i] as number) |
    ((bytes[i + 1] as number) << 8) |
    ((bytes[i + 2] as number) << 16) |
    ((bytes[i + 3] as number) << 24)
  );
}

function scramble(value: number): number {
  const mixed = Math.imul(value, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** Spreads a number over 32 bits. */
export function scatter(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
