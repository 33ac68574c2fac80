export type ReadModelFault =
  'read-model-unavailable' | 'read-model-rebuilding' | 'read-model-newer' | 'read-model-late';

const MESSAGES: Readonly<Record<ReadModelFault, string>> = {
  'read-model-unavailable': 'The read models cannot be reached at the moment.',
  'read-model-rebuilding': 'The read model is being rebuilt from the log; until it is whole nothing of it is shown.',
  'read-model-newer': 'The read model is of a newer release, which is taking over.',
  'read-model-late': 'The read model has not reached minPosition yet.',
};

/** A query cannot be answered now; nothing is wrong with the request. */
export class ReadModelUnavailable extends Error {
  override readonly name = 'ReadModelUnavailable';
  readonly retryAfterSeconds = 1;

  constructor(
    readonly code: ReadModelFault,
    cause?: unknown,
  ) {
    super(MESSAGES[code], { cause });
  }
}

/** The build that a step was to be taken on has been cleared away. */
export class BuildGone extends Error {
  override readonly name = 'BuildGone';
}
