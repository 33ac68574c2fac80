const started = performance.now();

/** Says on standard error what is being done, and after how many seconds. */
export const say = (text: string): void => {
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${text}\n`);
};

/** What was found in each turn, to be told. */
export const rounded = (found: Readonly<Record<string, readonly number[]>>): string =>
  Object.entries(found)
    .map(([name, values]) => `${name} ${values.map(Math.round).join(', ')}`)
    .join('; ');
