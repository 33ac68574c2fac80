/** Bytes that are not the protocol-buffers message they should be. */
export class MalformedMessage extends Error {}
