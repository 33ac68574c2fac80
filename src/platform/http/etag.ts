import type { preSerializationHookHandler } from 'fastify';

/**
 * An answer that names its stream's revision carries it as the ETag, for If-Match. A hook of the server's, because an
 * interceptor makes every answer an Observable, which costs more than the header.
 */
export const tellEtag: preSerializationHookHandler = (_request, reply, answer, done) => {
  const revision = (answer as { revision?: unknown } | null)?.revision;
  if (typeof revision === 'string') void reply.header('etag', `"${revision}"`);
  done(null, answer);
};
