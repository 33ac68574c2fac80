/** Who makes a call; without credentials it is nobody. */
export interface Caller {
  readonly name: string;
  readonly roles: readonly string[];
}

export const NOBODY: Caller = { name: '', roles: [] };

/**
 * Finds out who makes a call from its `authorization` header.
 * @throws RpcError, or rejects with it, when the credentials are wrong
 */
export type Identify = (authorization: string | undefined) => Caller | Promise<Caller>;
