/** The log's file is not what was written. The message says in one sentence what is wrong and what helps. */
export class CorruptLog extends Error {}

/** The log cannot be opened. The message says in one sentence why and what helps. */
export class LogUnavailable extends Error {}
