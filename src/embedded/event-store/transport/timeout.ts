const MILLISECONDS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Reads a `grpc-timeout` header.
 * @returns milliseconds until the deadline, or undefined when there is none
 * @throws RangeError when the header is not a number of at most eight digits and a unit
 */
export function parseTimeout(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const match = /^(\d{1,8})([HMSmun])$/.exec(header);
  const unit = MILLISECONDS[match?.[2] ?? ''];
  if (!match || unit === undefined) throw new RangeError(`grpc-timeout ${JSON.stringify(header)} is not a duration`);
  return Math.ceil(Number(match[1]) * unit);
}
