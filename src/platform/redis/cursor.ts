/** Where the next page begins, opaque to the caller: after this member or position of the list. */
export const encodeCursor = (last: string): string => Buffer.from(last, 'utf8').toString('base64url');

/** What the cursor was made of; null when it is none of ours. */
export const decodeCursor = (cursor: string): string | null => {
  const last = Buffer.from(cursor, 'base64url').toString('utf8');
  return encodeCursor(last) === cursor ? last : null;
};
