import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';

/** What stands in most entries' facts, each for one character. Only ever added to: the place is what is stored. */
const PHRASES: readonly string[] = [
  '{"role":"reseller","privileges":{"status":',
  '{"role":"provider","privileges":{"status":',
  '"none-recorded","basis":null,"asOfRevision":null',
  '"in-force","since":',
  '"revoked","since":',
  ',"revokedAt":',
  ',"basis":',
  ',"asOfRevision":',
  '},"attestation":{"version":',
  ',"attestedBy":',
  '},"notice":{"required":',
  ',"to":null,"given":false}}',
  ',"to":"customer","given":',
  ',"to":"partner","given":',
  '{"outcomes":[{"partnerId":',
  ',"role":"reseller","authorised":true,"privileges":"granted"}',
  ',"role":"provider","authorised":true,"privileges":"not-asked"}',
  '["reseller","own-marketing"]',
  '["own-marketing",true]',
  '["own-marketing",false]',
];
/** JSON holds no character below 32: they are free to stand for something. The tab and both line ends stay unused. */
const MARKS = Array.from({ length: 31 }, (_, n) => n + 1).filter((code) => ![9, 10, 13, 30, 31].includes(code));
const MARKED = PHRASES.map((phrase, at) => [phrase, String.fromCharCode(MARKS[at] ?? 0)] as const);
const PHRASE_OF = new Map(MARKED.map(([phrase, mark]) => [mark, phrase]));
const [ID, TIME] = ['\u001e', '\u001f'];

/** A UUID or a moment. */
const LONG = /"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]{12}Z)"/g;
const SHORTEST_LONG = '"2026-03-01T09:00:00.000Z"'.length;
const SHORT = /"([\u001e\u001f])([^"]*)"|([\u0001-\u001d])/g;

const shorten = (found: string): string => {
  const value = found.slice(1, -1);
  return value.includes('T') ? `"${TIME}${shortTime(value)}"` : `"${ID}${shortId(value)}"`;
};

/** JSON in fewer bytes. */
export const abbreviate = (json: string): string => {
  let short = json;
  for (const [phrase, mark] of MARKED) if (short.includes(phrase)) short = short.replaceAll(phrase, mark);
  return short.length < SHORTEST_LONG ? short : short.replace(LONG, shorten);
};

/** The JSON again. */
export const expand = (short: string): string =>
  short.replace(SHORT, (_, kind: string | undefined, value: string, mark: string) => {
    if (kind === undefined) return PHRASE_OF.get(mark) ?? '';
    return `"${kind === TIME ? fullTime(value) : fullId(value)}"`;
  });
