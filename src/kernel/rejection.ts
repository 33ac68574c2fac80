/** How a refusal is to be understood: the HTTP edge gives each kind its status. */
export type RejectionKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'precondition-failed';

/** What helps the caller onwards: the present state, the field and the rule concerned, the next step. */
export interface RejectionHints {
  readonly rule?: string;
  readonly pointer?: string;
  readonly state?: string;
  readonly next?: string;
}

/** A decision against a command. Nothing was changed. `code` is stable and part of the API. */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  constructor(
    readonly kind: RejectionKind,
    readonly code: string,
    message: string,
    readonly hints: RejectionHints = {},
  ) {
    super(message);
  }
}
