/** How long a write may wait for its commit at most, whatever deadline the client sets; that of a real node. */
export const WRITE_TIMEOUT_MS = 2000;
